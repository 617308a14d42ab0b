import type { Birth } from "../../lib/api/index.ts";
import { type Calendar, fromBikram, gregorianMonthLength, toBikram } from "../../lib/calendar/index.ts";

/** A birth as it is being entered: numbers are 0 until chosen. */
export interface BirthEntry {
	precision: Birth["precision"];
	calendar: Calendar;
	year: number;
	month: number;
	day: number;
}

/** entryOf opens a birth for entry in a calendar; a day outside the table of Bikram Sambat is entered as Gregorian. */
export function entryOf(birth: Birth, calendar: Calendar): BirthEntry {
	const none = { calendar, year: 0, month: 0, day: 0 };
	if (birth.precision === "year") {
		return { ...none, precision: "year", calendar: "bs", year: birth.bsYear ?? 0 };
	}
	if (!birth.day) return { ...none, precision: "unknown" };
	const bikram = calendar === "bs" ? toBikram(birth.day) : null;
	if (bikram) return { ...bikram, precision: "day", calendar: "bs" };
	const [year = 0, month = 0, day = 0] = birth.day.split("-").map(Number);
	return { precision: "day", calendar: "ad", year, month, day };
}

/** birthOf gives what was entered, or null while something is missing or there is no such day. */
export function birthOf(entry: BirthEntry): Birth | null {
	const { precision, calendar, year, month, day } = entry;
	if (precision === "unknown") return { precision };
	if (precision === "year") return year ? { precision, bsYear: year } : null;
	if (!year || !month || !day) return null;
	if (calendar === "bs") {
		const iso = fromBikram({ year, month, day });
		return iso ? { precision, day: iso } : null;
	}
	if (day > gregorianMonthLength(year, month)) return null;
	return { precision, day: [String(year).padStart(4, "0"), two(month), two(day)].join("-") };
}

function two(n: number): string {
	return String(n).padStart(2, "0");
}

/** inCalendar turns an entry over to the other calendar; what is not yet a day begins anew. */
export function inCalendar(entry: BirthEntry, calendar: Calendar): BirthEntry {
	if (entry.calendar === calendar) return entry;
	const birth = entry.precision === "day" ? birthOf(entry) : null;
	if (birth) return entryOf(birth, calendar);
	return { ...entry, calendar, year: 0, month: 0, day: 0 };
}
