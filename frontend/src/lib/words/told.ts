import { signal } from "@preact/signals";
import { m } from "../../words.gen/messages.js";

type Say = (code: string, params?: Record<string, string>) => string;

// The words of every fault weigh as much as a page and are seldom needed, so
// they come when something was refused. Whoever draws one is drawn anew then.
const say = signal<Say | null>(null);

/** fetchFaultWords brings the words of faults; on a broken line it leaves that for the next time. */
export async function fetchFaultWords(): Promise<void> {
	if (say.peek()) return;
	const fetched = await import("./fault.ts").catch(() => null);
	if (fetched) say.value = fetched.faultWords;
}

/** toldFault says a fault's code, or until its words are here that something went wrong. */
export function toldFault(code: string, params?: Record<string, string>): string {
	return say.value ? say.value(code, params) : m["state.broken"]();
}
