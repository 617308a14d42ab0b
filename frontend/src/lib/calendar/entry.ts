import { bikramMonthLength, dayInNepal, fromBikram, gregorianMonthLength, toBikram } from "./bikram.ts";
import type { Calendar } from "./words.ts";

/** A day as it is being chosen, part by part: a number is 0 until it is chosen. */
export interface DayEntry {
	calendar: Calendar;
	year: number;
	month: number;
	day: number;
}

/** partsOf takes a Gregorian day apart in a calendar; one outside the table of Bikram Sambat stays Gregorian. */
export function partsOf(iso: string, calendar: Calendar): DayEntry {
	const bikram = calendar === "bs" ? toBikram(iso) : null;
	if (bikram) return { calendar: "bs", ...bikram };
	const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
	return { calendar: "ad", year, month, day };
}

/** chosenDay gives the Gregorian day, or null while a part is missing or there is no such day. */
export function chosenDay({ calendar, year, month, day }: DayEntry): string | null {
	if (!year || !month || !day) return null;
	if (calendar === "bs") return fromBikram({ year, month, day });
	if (day > gregorianMonthLength(year, month)) return null;
	return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** unchosenDay stands in the present year, with month and day to be chosen. */
export function unchosenDay(calendar: Calendar, now: number = Date.now()): DayEntry {
	return { ...partsOf(dayInNepal(now), calendar), month: 0, day: 0 };
}

/** turnedTo turns an entry over to a calendar; what is not a day yet begins anew. */
export function turnedTo(entry: DayEntry, calendar: Calendar): DayEntry {
	if (entry.calendar === calendar) return entry;
	const iso = chosenDay(entry);
	return iso ? partsOf(iso, calendar) : unchosenDay(calendar);
}

/** longest is how many days there are to choose from: those of the month, or as many as any month has. */
export function longest({ calendar, year, month }: DayEntry): number {
	if (!year || !month) return calendar === "bs" ? 32 : 31;
	return calendar === "bs" ? bikramMonthLength(year, month) : gregorianMonthLength(year, month);
}

function two(n: number): string {
	return String(n).padStart(2, "0");
}
