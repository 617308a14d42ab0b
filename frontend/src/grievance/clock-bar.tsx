import { m, number } from "../lib/words/index.ts";
import { Badge } from "../ui/index.ts";
import { bad, warn } from "../ui/pictures.ts";
import type { Standing } from "./clock.ts";

/** leftWords says how much of a time limit is left. */
export function leftWords({ left }: Standing): string {
	if (left < 0) return m["clock.late"]({ count: number(-left) });
	if (left === 0) return m["handle.today"]();
	return m["clock.left"]({ count: number(left) });
}

/** Left says it with the shape and colour of how pressing it is. */
export function Left({ standing }: { standing: Standing }) {
	const words = leftWords(standing);
	if (standing.urgency === "late") {
		return (
			<Badge tone="bad" picture={bad}>
				{words}
			</Badge>
		);
	}
	if (standing.urgency === "soon") {
		return (
			<Badge tone="warn" picture={warn}>
				{words}
			</Badge>
		);
	}
	return <b>{words}</b>;
}

/** Bar shows how much of a time limit has gone; the words beside it say the same. */
export function Bar({ standing, label }: { standing: Standing; label: string }) {
	const tones = { calm: "", soon: "warn", late: "bad" };
	return (
		<progress
			class={tones[standing.urgency]}
			value={standing.gone}
			max={standing.whole}
			aria-label={`${label}: ${leftWords(standing)}`}
		/>
	);
}
