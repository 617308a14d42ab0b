import { m } from "../lib/words/index.ts";
import { Button } from "../ui/index.ts";
import { turn } from "../ui/pictures.ts";
import type { ImportRow, RowDecision } from "./api.ts";

interface Props {
	row: ImportRow;
	busy: boolean;
	onDecide: (decision: RowDecision) => void;
}

// These reasons ask whether she is the same person as somebody else.
const asking = ["row.same_person_in_file", "row.same_person_present", "row.same_name_check"];

/** What she can say of a row. */
export function choicesFor(row: ImportRow): RowDecision[] {
	const { reason, decision, faults } = row;
	if (decision === "create" || decision === "update" || (reason && asking.includes(reason))) {
		const update: RowDecision[] = row.sameAs?.member || decision === "update" ? ["update"] : [];
		return ["skip", ...update, "create"];
	}
	if (faults.length && row.fate === "failed") return canDrop(row) ? ["drop_faulty", "skip"] : ["skip"];
	if (decision === "auto" && (row.fate === "created" || row.fate === "updated")) return ["skip"];
	return [];
}

/** canDrop tells whether a row can come in without its faulty cells: not without a name or a group. */
export function canDrop(row: ImportRow): boolean {
	return row.faults.length > 0 && row.name !== "" && row.group !== null;
}

/** Decisions lets her say what becomes of a row, and take back what she said. */
export function Decisions({ row, busy, onDecide }: Props) {
	const choices = choicesFor(row);
	const asked = choices.includes("create");
	const words: Record<RowDecision, () => string> = {
		auto: m["do.undo"],
		skip: asked ? m["register.decide.skip"] : m["register.skip"],
		update: m["register.decide.update"],
		create: m["register.decide.create"],
		drop_faulty: m["register.without"],
	};
	return (
		<div class="stack tight">
			<div class="line">
				{asked && <b>{m["register.decide"]()}</b>}
				{choices.map((choice) => (
					<Button
						key={choice}
						kind={choice === "skip" && !asked ? "quiet" : "plain"}
						busy={busy}
						{...(asked && { pressed: row.decision === choice })}
						onPress={() => onDecide(choice)}
					>
						{words[choice]()}
					</Button>
				))}
				{row.decision !== "auto" && (
					<Button kind="quiet" picture={turn} busy={busy} onPress={() => onDecide("auto")}>
						{row.decision === "skip" && !asked ? m["register.takeAgain"]() : m["do.undo"]()}
					</Button>
				)}
				{choices.includes("drop_faulty") && <span class="soft">{m["register.without.hint"]()}</span>}
				{row.faults.length > 0 && !canDrop(row) && <span class="soft">{m["register.without.cannot"]()}</span>}
			</div>
			{row.decision === "update" && row.fate === "held" && <p>{m["fault.member.not_carried_over"]()}</p>}
		</div>
	);
}
