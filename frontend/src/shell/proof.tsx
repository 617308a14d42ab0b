import { effect, signal } from "@preact/signals";
import { session } from "../account/index.ts";
import type ProofDialog from "../account/proof-dialog.tsx";
import { Problem } from "../lib/api/index.ts";
import { locked } from "./lock.tsx";

const dialog = signal<typeof ProofDialog | null>(null);
const waiting = signal<((proved: boolean) => void) | null>(null);

/** askProof asks her above the page; the dialog is fetched when it is first needed. */
export async function askProof(): Promise<boolean> {
	const file = await import("../account/proof-dialog.tsx").catch(() => null);
	if (!file) throw new Problem("offline", "request.unreached");
	if (!session.value || locked.value) return false;
	dialog.value = file.default;
	return new Promise((done) => {
		waiting.value = done;
	});
}

function settle(proved: boolean): void {
	const done = waiting.peek();
	waiting.value = null;
	done?.(proved);
}

// Where she is no longer signed in, or the page was left alone, nothing is asked.
effect(() => {
	if (!session.value || locked.value) settle(false);
});

/** Proof is where the question appears. */
export function Proof() {
	const Asking = dialog.value;
	return Asking && <Asking open={waiting.value !== null} onDone={settle} />;
}
