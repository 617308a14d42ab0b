import { describe, expect, it } from "vitest";
import type { RegisterImport } from "./api.ts";
import { daysLeft } from "./days-left.ts";
import { firstStep } from "./first-step.ts";

const clean = {
	encodingGuessed: false,
	calendarNeeded: false,
	unknownGroups: [],
	counts: { created: 3, updated: 0, held: 0, skipped: 0, failed: 0 },
} as unknown as RegisterImport;

describe("the first step of a dry run", () => {
	it("settles what holds for all rows before single ones", () => {
		const counts = { ...clean.counts, held: 1, failed: 2 };
		const groups = [{ value: "pkr", rows: 2 }];
		expect(firstStep({ ...clean, counts, unknownGroups: groups, calendarNeeded: true })).toBe("calendar");
		expect(firstStep({ ...clean, counts, unknownGroups: groups })).toBe("groups");
		expect(firstStep({ ...clean, counts })).toBe("mend");
		expect(firstStep({ ...clean, counts: { ...counts, failed: 0 } })).toBe("decide");
		expect(firstStep(clean)).toBe("ready");
		expect(firstStep({ ...clean, counts: { ...clean.counts, created: 0 } })).toBe("nothing");
	});

	it("asks about guessed letters before anything that is written with them", () => {
		expect(firstStep({ ...clean, encodingGuessed: true, calendarNeeded: true })).toBe("letters");
	});
});

describe("the days to take an import back", () => {
	it("are thirty, and end", () => {
		const created = "2026-11-26T08:34:10.123Z";
		const at = Date.parse(created);
		expect(daysLeft(created, at)).toBe(30);
		expect(daysLeft(created, at + 29.5 * 86_400_000)).toBe(1);
		expect(daysLeft(created, at + 31 * 86_400_000)).toBe(0);
	});
});
