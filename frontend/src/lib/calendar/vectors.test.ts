import { afterEach, describe, expect, it, vi } from "vitest";
import months from "../../../../models/calendar/bs_month_lengths.csv?raw";
import monthStarts from "../../../../models/calendar/testdata/bs_vectors.csv?raw";
import zones from "../../../../models/calendar/testdata/tz_vectors.csv?raw";
import { language } from "../words/index.ts";
import {
	bikramMonthLength,
	dayInNepal,
	dayWords,
	firstCalendar,
	firstYear,
	forecast,
	formatDay,
	fromBikram,
	lastYear,
	toBikram,
	writtenDay,
	writtenMonth,
} from "./index.ts";

function rows(csv: string): string[][] {
	const lines = csv.trim().split("\n").slice(1);
	return lines.map((line) => line.split(","));
}

function written(iso: string): string {
	const day = toBikram(iso);
	if (day === null) return "none";
	return [day.year, String(day.month).padStart(2, "0"), String(day.day).padStart(2, "0")].join("-");
}

afterEach(() => {
	vi.unstubAllEnvs();
});

describe("the calendar of the server", () => {
	it("starts every published month on its day", () => {
		const published = rows(monthStarts).filter((row) => !row[4]?.startsWith("forecast"));
		expect(published.length).toBeGreaterThan(1000);
		for (const [ad = "", bs = ""] of published) {
			const [year = 0, month = 0, day = 0] = bs.split("-").map(Number);
			expect(written(ad)).toBe(bs);
			expect(fromBikram({ year, month, day })).toBe(ad);
			expect(forecast(year)).toBe(false);
		}
	});

	it("has the same month lengths", () => {
		for (const row of rows(months)) {
			for (let month = 1; month <= 12; month++) {
				expect(bikramMonthLength(Number(row[0]), month)).toBe(Number(row[month]));
			}
		}
		expect([firstYear, lastYear]).toEqual([2000, 2090]);
		expect(forecast(2084)).toBe(true);
	});

	it("refuses impossible days and rolls none over", () => {
		for (const [year, month, day] of [
			[2076, 12, 31],
			[2075, 4, 32],
			[2082, 12, 31],
			[2083, 2, 33],
			[2099, 12, 30],
			[2083, 1, 1.5],
			[Number.NaN, 1, 1],
		] as const) {
			expect(fromBikram({ year, month, day })).toBeNull();
		}
		for (const text of ["2007-02-29", "2007-13-01", "2007-2-9", "2007-02-30", ""]) {
			expect(toBikram(text)).toBeNull();
		}
		expect(fromBikram({ year: 2077, month: 1, day: 1 })).toBe("2020-04-13");
		expect(fromBikram({ year: 2076, month: 12, day: 30 })).toBe("2020-04-12");
		expect(toBikram("2034-04-14")).toBeNull();
	});

	it("turns the day as the vectors do", () => {
		for (const [utc = "", , , day = "", bs = ""] of rows(zones)) {
			expect(dayInNepal(utc)).toBe(day);
			if (!bs.includes("forecast")) expect(written(day)).toBe(bs);
		}
		expect(dayInNepal("1985-12-31T18:29:59Z")).toBe("1985-12-31");
		expect(dayInNepal("1985-12-30T18:30:00Z")).toBe("1985-12-31");
		expect(written("1986-01-01")).toBe("2042-09-17");
	});

	it("does not hang on where the device is", () => {
		const offsets = new Set<number>();
		for (const zone of ["UTC", "Europe/Oslo", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kathmandu"]) {
			vi.stubEnv("TZ", zone);
			offsets.add(new Date(Date.UTC(2026, 6, 7)).getTimezoneOffset());
			expect(written("1988-05-28")).toBe("2045-02-15");
			expect(fromBikram({ year: 2045, month: 2, day: 15 })).toBe("1988-05-28");
			expect(dayInNepal("2026-11-26T23:50:00Z")).toBe("2026-11-27");
		}
		expect(offsets.size).toBe(5); // the zones did take effect
	});
});

describe("a day in words", () => {
	it.each([
		["ne", "२०८३ मंसिर १०", "२०२६ नोभेम्बर २६"],
		["en", "10 Mangsir 2083", "26 November 2026"],
		["nb", "26. november 2026", "10. mangsir 2083"],
	] as const)("in %s is %s, and %s small beside it", (code, first, second) => {
		language.value = code;
		expect(dayWords("2026-11-26")).toBe(first);
		expect(dayWords("2026-11-25T18:15:00Z")).toBe(first);
		expect(writtenDay("2026-11-26", firstCalendar() === "bs" ? "ad" : "bs")).toBe(second);
		language.value = code === "ne" ? "en" : "ne"; // a named language wins over the one on screen
		expect(formatDay("2026-11-26", code)).toEqual({ main: first, echo: second });
	});

	it.each([
		["ne", "२०८३ कात्तिक १५ – मंसिर १४", "२०२६ नोभेम्बर"],
		["en", "15 Kattik – 14 Mangsir 2083", "November 2026"],
		["nb", "november 2026", "15. kattik – 14. mangsir 2083"],
	] as const)("has a Gregorian month in %s as %s, and as %s beside it", (code, first, second) => {
		language.value = code;
		expect(writtenMonth("2026-11-01")).toBe(first);
		expect(writtenMonth("2026-11-01", firstCalendar() === "bs" ? "ad" : "bs")).toBe(second);
	});

	it("says both years where one turns within a month, and knows how long February is", () => {
		language.value = "ne";
		expect(writtenMonth("2026-04-01")).toBe("२०८२ चैत १८ – २०८३ वैशाख १७");
		language.value = "en";
		expect(writtenMonth("2026-04-01")).toBe("18 Chait 2082 – 17 Baisakh 2083");
		expect(writtenMonth("2024-02-01")).toContain(writtenDay("2024-02-29", "bs"));
		expect(writtenMonth("1938-05-01")).toBe("May 1938");
	});

	it("is Gregorian where the table has no day", () => {
		language.value = "ne";
		expect(dayWords("1938-05-28")).toBe("१९३८ मे २८");
		expect(formatDay("1938-05-28", "nb")).toEqual({ main: "28. mai 1938", echo: "" });
	});
});
