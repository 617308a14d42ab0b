import { expect, it } from "vitest";
import { clocks, daysOf, noHours, overMidnight } from "./hours.ts";

it("begins with no day chosen, and offers every full hour", () => {
	expect(noHours.days).toEqual([]);
	expect(clocks).toHaveLength(24);
	for (const clock of clocks) expect(clock).toMatch(/^([01]\d|2[0-3]):00$/);
});

it("sends the days with Sunday first, in whichever order they were ticked", () => {
	expect(daysOf(["6", "0", "3"])).toEqual([0, 3, 6]);
});

it("says when the hours end on the next day", () => {
	expect(overMidnight({ from: "22:00", to: "02:00" })).toBe(true);
	expect(overMidnight({ from: "10:00", to: "16:00" })).toBe(false);
});
