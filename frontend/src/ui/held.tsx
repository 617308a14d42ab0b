import type { Problem } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";
import { toldFault } from "../lib/words/told.ts";
import { Notice } from "./notice.tsx";
import { lock } from "./pictures.ts";

/** HeldNote says what is closed since two people let her in again, until when, and where she opens it sooner. */
export function HeldNote({ problem }: { problem: Problem }) {
	const until = problem.of("until")[0]?.params;
	return (
		<Notice tone="info" picture={lock} live>
			{until ? toldFault(problem.code, until) : m["held.some"]()} <a href="/mine">{m["held.link"]()}</a>
		</Notice>
	);
}
