import type { ImportRow, RowDecision } from "./api.ts";

// These reasons ask whether she is the same person as somebody else.
const asking = [
	"row.same_person_in_file",
	"row.same_person_present",
	"row.same_name_check",
	"row.focal_point_first",
];

/** What can be said of a row, and whether the question is if she is the same person. */
export interface RowChoices {
	choices: RowDecision[];
	asked: boolean;
}

/** choicesFor lists what can be said of a row, also what was said of it, so that it can be taken back. */
export function choicesFor(row: ImportRow): RowChoices {
	const { reason, decision, faults, sameAs } = row;
	if (faults.length) {
		return { choices: canDrop(row) ? ["drop_faulty", "skip"] : ["skip"], asked: false };
	}
	const settled = decision === "create" || decision === "update" || (decision === "skip" && sameAs !== null);
	if (settled || (reason && asking.includes(reason))) {
		const update: RowDecision[] = sameAs?.member || decision === "update" ? ["update"] : [];
		return { choices: ["skip", ...update, "create"], asked: true };
	}
	if (row.fate === "created" || row.fate === "updated" || decision !== "auto") {
		return { choices: ["skip"], asked: false };
	}
	return { choices: [], asked: false };
}

/** canDrop tells whether a row can come in without its faulty cells: not without a name or a group. */
export function canDrop(row: ImportRow): boolean {
	return row.faults.length > 0 && row.name !== "" && row.group !== null;
}
