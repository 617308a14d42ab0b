import { describe, expect, it } from "vitest";
import { bikramMonthLength, bikramYearNow, dayInNepal, fromBikram, toBikram } from "./bikram.ts";
import { firstYear, lastYear } from "./month-lengths.ts";

describe("Bikram Sambat", () => {
	it.each([
		["1943-04-14", 2000, 1, 1],
		["1988-05-28", 2045, 2, 15],
		["2026-10-18", 2083, 7, 1],
		["2026-11-17", 2083, 8, 1],
		["2026-11-26", 2083, 8, 10],
		["2027-01-15", 2083, 10, 1],
	])("%s is %i-%i-%i", (iso, year, month, day) => {
		expect(toBikram(iso)).toEqual({ year, month, day });
		expect(fromBikram({ year, month, day })).toBe(iso);
	});

	it("goes there and back for every day of the table, one after the other", () => {
		let last = 0;
		let seen = 0;
		for (let year = firstYear; year <= lastYear; year++) {
			for (let month = 1; month <= 12; month++) {
				for (let day = 1; day <= bikramMonthLength(year, month); day++) {
					const iso = fromBikram({ year, month, day }) ?? "";
					const back = toBikram(iso);
					const number = Date.parse(iso) / 86_400_000;
					const same = back?.year === year && back.month === month && back.day === day;
					if (!same || (last && number !== last + 1)) expect.fail(`${year}-${month}-${day}: ${iso}`);
					last = number;
					seen++;
				}
			}
		}
		expect(seen).toBe(33_238);
	});

	it("knows no day outside the table or the month", () => {
		expect(toBikram("1943-04-13")).toBeNull();
		expect(toBikram("not a day")).toBeNull();
		expect(fromBikram({ year: 2045, month: 2, day: 33 })).toBeNull();
		expect(fromBikram({ year: 2045, month: 13, day: 1 })).toBeNull();
		expect(fromBikram({ year: 1999, month: 1, day: 1 })).toBeNull();
		expect(fromBikram({ year: 2045, month: 2, day: 0 })).toBeNull();
	});

	it("turns the day in Nepal at a quarter past six in the evening of UTC", () => {
		expect(dayInNepal("2026-11-26T18:14:59.999Z")).toBe("2026-11-26");
		expect(dayInNepal("2026-11-26T18:15:00.000Z")).toBe("2026-11-27");
		expect(bikramYearNow(Date.UTC(2026, 10, 26))).toBe(2083);
	});
});
