import { writtenDay } from "../lib/calendar/index.ts";
import { language, m, numerals } from "../lib/words/index.ts";

/**
 * lastQuarters lists the quarters that were over on a day ("2026-11-26"), the
 * latest first: "2026-3", "2026-2" and so on. They are those of the Gregorian year.
 */
export function lastQuarters(today: string, count: number): string[] {
	let [year = 0, month = 0] = today.split("-").map(Number);
	let number = Math.ceil(month / 3);
	return Array.from({ length: count }, () => {
		if (--number === 0) {
			number = 4;
			year--;
		}
		return `${year}-${number}`;
	});
}

/** quarterWords says "2026-3": Quarter 3 of 2026. */
export function quarterWords(quarter: string): string {
	const [year = "", number = ""] = quarter.split("-");
	return m["fig.quarter"]({ year: numerals(year), number: numerals(number) });
}

// Donors count by the Gregorian year, so the days of a quarter come first in it,
// but for who reads Nepali.
const first = () => (language.value === "ne" ? "bs" : "ad");

/** daysWords says from when to when, in the calendar that comes first or in the other. */
export function daysWords(of: { from: string; to: string }, echo = false): string {
	const calendar = (first() === "bs") === echo ? "ad" : "bs";
	return m["fig.days"]({ from: writtenDay(of.from, calendar), to: writtenDay(of.to, calendar) });
}

/** dateWords writes a day as these pages do. */
export function dateWords(day: string): string {
	return writtenDay(day, first());
}
