import { describe, expect, it } from "vitest";
import { chosenDay, longest, partsOf, turnedTo, unchosenDay } from "./entry.ts";

describe("choosing a day", () => {
	it("takes a day apart in either calendar and gives the same day back", () => {
		expect(partsOf("2026-11-26", "bs")).toEqual({ calendar: "bs", year: 2083, month: 8, day: 10 });
		for (const calendar of ["bs", "ad"] as const) {
			expect(chosenDay(partsOf("2026-11-26", calendar))).toBe("2026-11-26");
		}
		expect(partsOf("1935-02-03", "bs").calendar).toBe("ad");
	});

	it("keeps a whole day when the calendar is turned over, and begins anew without one", () => {
		const entry = partsOf("2026-11-26", "bs");
		expect(chosenDay(turnedTo(entry, "ad"))).toBe("2026-11-26");
		expect(turnedTo({ ...entry, day: 0 }, "ad")).toMatchObject({ calendar: "ad", month: 0, day: 0 });
		expect(turnedTo(entry, "bs")).toBe(entry);
	});

	it("gives no day that is not in the calendar", () => {
		expect(chosenDay({ calendar: "bs", year: 2083, month: 2, day: 33 })).toBeNull();
		expect(chosenDay({ calendar: "ad", year: 2027, month: 2, day: 29 })).toBeNull();
		expect(chosenDay({ calendar: "ad", year: 2027, month: 0, day: 1 })).toBeNull();
	});

	it("offers the days that the month has, in the year that it is in Nepal", () => {
		expect(longest({ calendar: "ad", year: 2027, month: 2, day: 0 })).toBe(28);
		expect(longest({ calendar: "bs", year: 0, month: 2, day: 0 })).toBe(32);
		expect(unchosenDay("bs", Date.UTC(2026, 10, 26))).toEqual({
			calendar: "bs",
			year: 2083,
			month: 0,
			day: 0,
		});
	});
});
