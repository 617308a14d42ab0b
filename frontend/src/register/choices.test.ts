import { describe, expect, it } from "vitest";
import type { ImportRow } from "./api.ts";
import { canDrop, choicesFor } from "./choices.ts";

const row: ImportRow = {
	key: 4,
	line: 4,
	fate: "created",
	reason: null,
	name: "फूलमाया",
	phone: "",
	birth: { precision: "unknown" },
	group: { id: "grp_a", name: { ne: "कास्की" } },
	cells: {},
	faults: [],
	hints: [],
	sameAs: null,
	changes: [],
	decision: "auto",
	mended: false,
};
const noSuchDay = { field: "birth", column: "E", code: "birth.no_such_day", value: "2060/03/33" };
const failed: ImportRow = { ...row, fate: "failed", reason: "row.faulty", faults: [noSuchDay] };

describe("what can be said of a row", () => {
	it("lets a faulty row in without the cell, but not without a name or a group", () => {
		expect(choicesFor(failed).choices).toEqual(["drop_faulty", "skip"]);
		expect(choicesFor({ ...failed, name: "" }).choices).toEqual(["skip"]);
		expect(canDrop({ ...failed, group: null })).toBe(false);
	});

	it("asks of a held row whether she is the same person", () => {
		const held: ImportRow = { ...row, fate: "held", reason: "row.same_person_in_file", sameAs: { line: 8 } };
		expect(choicesFor(held)).toEqual({ choices: ["skip", "create"], asked: true });
		const present: ImportRow = {
			...row,
			fate: "held",
			reason: "row.same_name_check",
			sameAs: { member: { id: "mem_a", name: "फूलमाया" } },
		};
		expect(choicesFor(present)).toEqual({ choices: ["skip", "update", "create"], asked: true });
	});

	it.each(["skip", "create", "update", "drop_faulty"] as const)(
		"keeps %s in reach once it was said",
		(said) => {
			const before = said === "drop_faulty" ? failed : { ...row, sameAs: { line: 8 } };
			const reason = said === "skip" ? "row.skipped_by_you" : null;
			expect(choicesFor({ ...before, decision: said, reason }).choices).toContain(said);
		},
	);

	it("has nothing to say of who stays as she is", () => {
		const unchanged: ImportRow = { ...row, fate: "skipped", reason: "row.unchanged" };
		expect(choicesFor(unchanged).choices).toEqual([]);
	});
});
