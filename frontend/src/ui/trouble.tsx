import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../lib/api/index.ts";
import { m, number } from "../lib/words/index.ts";
import { toldFault } from "../lib/words/told.ts";
import { HeldNote } from "./held.tsx";
import { Notice } from "./notice.tsx";
import { off } from "./pictures.ts";

/**
 * Trouble says why what she sent did not go through. It takes the focus, for it
 * may stand away from the button that was pressed; what she typed stays.
 */
export function Trouble({ problem }: { problem: Problem | null }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (!problem) return;
		box.current?.focus({ preventScroll: true });
		box.current?.scrollIntoView({ block: "nearest" });
	}, [problem]);
	return (
		<div ref={box} tabIndex={-1} role="alert" class="trouble">
			{problem && <Told problem={problem} />}
		</div>
	);
}

/** Told is what it says of one problem. */
export function Told({ problem }: { problem: Problem }) {
	if (problem.kind === "offline") {
		return (
			<Notice tone="warn" picture={off} title={m["state.offline"]()}>
				{m["state.failed"]()}
			</Notice>
		);
	}
	if (problem.retryAfter && !problem.isNamed) {
		return <Notice tone="warn">{m["signin.wait"]({ count: number(problem.retryAfter) })}</Notice>;
	}
	if (problem.isHeld) return <HeldNote problem={problem} />;
	// She chose not to: nothing is wrong.
	if (problem.code === "session.proof_needed") {
		return <Notice tone="info">{toldFault(problem.code)}</Notice>;
	}
	const old = problem.fields.find(({ code }) => code === "consent.text_old");
	if (old) return <Notice tone="warn">{toldFault(old.code)}</Notice>;
	if (problem.fields.length) return <Notice tone="bad">{m["err.invalid"]()}</Notice>;
	return (
		<Notice tone="bad">
			{problem.kind === "broken" && !problem.isNamed ? m["state.broken"]() : toldFault(problem.code)}
			{problem.requestId && problem.kind === "broken" && <small> {problem.requestId}</small>}
		</Notice>
	);
}

/** fieldWords is what is wrong with one field, in words, or null. */
export function fieldWords(problem: Problem | null, field: string): string | null {
	const faults = problem?.of(field) ?? [];
	return faults.length ? faults.map((f) => toldFault(f.code, f.params)).join(" ") : null;
}
