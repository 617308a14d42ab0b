import { describe, expect, it } from "vitest";
import { birthOf, entryOf, inCalendar } from "./birth-entry.ts";

describe("entering a birth", () => {
	it("shows a stored day in Bikram Sambat and gives the same day back", () => {
		const entry = entryOf({ precision: "day", day: "1988-05-28" }, "bs");
		expect(entry).toEqual({ precision: "day", calendar: "bs", year: 2045, month: 2, day: 15 });
		expect(birthOf(entry)).toEqual({ precision: "day", day: "1988-05-28" });
	});

	it("keeps the day when the calendar is turned over", () => {
		const entry = entryOf({ precision: "day", day: "1988-05-28" }, "bs");
		expect(birthOf(inCalendar(entry, "ad"))).toEqual({ precision: "day", day: "1988-05-28" });
		expect(inCalendar(inCalendar(entry, "ad"), "bs")).toEqual(entry);
	});

	it("enters a day before the table as Gregorian", () => {
		expect(entryOf({ precision: "day", day: "1935-02-03" }, "bs").calendar).toBe("ad");
	});

	it("gives nothing while a part is missing or the day does not exist", () => {
		expect(birthOf({ precision: "day", calendar: "bs", year: 2045, month: 2, day: 0 })).toBeNull();
		expect(birthOf({ precision: "day", calendar: "bs", year: 2060, month: 3, day: 33 })).toBeNull();
		expect(birthOf({ precision: "day", calendar: "ad", year: 2001, month: 2, day: 29 })).toBeNull();
		expect(birthOf({ precision: "year", calendar: "bs", year: 0, month: 0, day: 0 })).toBeNull();
	});

	it("never makes a day out of a year alone", () => {
		expect(birthOf(entryOf({ precision: "year", bsYear: 2045 }, "bs"))).toEqual({
			precision: "year",
			bsYear: 2045,
		});
	});
});
