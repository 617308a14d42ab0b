import { m } from "../lib/words/index.ts";
import { Button } from "../ui/index.ts";
import type { ImportRow, RowDecision } from "./api.ts";
import { canDrop, choicesFor } from "./choices.ts";

interface Props {
	row: ImportRow;
	busy: boolean;
	onDecide: (decision: RowDecision) => void;
}

/**
 * Decisions lets her say what becomes of a row. What she said stays pressed,
 * and a second press takes it back, so that the focus never loses its button.
 */
export function Decisions({ row, busy, onDecide }: Props) {
	const { choices, asked } = choicesFor(row);
	const words: Record<RowDecision, () => string> = {
		auto: m["do.undo"],
		skip: skipWords(row, asked),
		update: m["register.decide.update"],
		create: m["register.decide.create"],
		drop_faulty: m["register.without"],
	};
	return (
		<div class="stack tight">
			<div class="line">
				{asked && <b>{m["register.decide"]()}</b>}
				{choices.map((choice) => {
					const chosen = row.decision === choice;
					const quiet = choice === "skip" && !asked;
					return (
						<Button
							key={choice}
							kind={quiet ? "quiet" : "plain"}
							busy={busy}
							{...(!quiet && { pressed: chosen })}
							onPress={() => onDecide(chosen ? "auto" : choice)}
						>
							{words[choice]()}
						</Button>
					);
				})}
				{choices.includes("drop_faulty") && <span class="soft">{m["register.without.hint"]()}</span>}
				{row.faults.length > 0 && !canDrop(row) && <span class="soft">{m["register.without.cannot"]()}</span>}
			</div>
			{row.decision === "update" && row.fate === "held" && <p>{m["fault.member.not_carried_over"]()}</p>}
		</div>
	);
}

function skipWords(row: ImportRow, asked: boolean): () => string {
	if (asked) return m["register.decide.skip"];
	return row.decision === "skip" ? m["register.takeAgain"] : m["register.skip"];
}
