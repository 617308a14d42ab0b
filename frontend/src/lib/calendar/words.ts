import { type Language, language, m, numerals } from "../words/index.ts";
import { type BikramDay, dayInNepal, toBikram } from "./bikram.ts";

const bikramMonths = [
	m["bs.1"],
	m["bs.2"],
	m["bs.3"],
	m["bs.4"],
	m["bs.5"],
	m["bs.6"],
	m["bs.7"],
	m["bs.8"],
	m["bs.9"],
	m["bs.10"],
	m["bs.11"],
	m["bs.12"],
];
const gregorianMonths = [
	m["ad.1"],
	m["ad.2"],
	m["ad.3"],
	m["ad.4"],
	m["ad.5"],
	m["ad.6"],
	m["ad.7"],
	m["ad.8"],
	m["ad.9"],
	m["ad.10"],
	m["ad.11"],
	m["ad.12"],
];

export type Calendar = "bs" | "ad";

/** The name of a month, 1 to 12, in a language or else the one on screen. */
export function monthWords(calendar: Calendar, month: number, locale: Language = language.value): string {
	return (calendar === "bs" ? bikramMonths : gregorianMonths)[month - 1]?.({}, { locale }) ?? "";
}

/** The calendar that comes first in a language: Bikram Sambat but in Norwegian. */
export function firstCalendar(locale: Language = language.value): Calendar {
	return locale === "nb" ? "ad" : "bs";
}

/** A Gregorian day written in one calendar; what is outside the table of Bikram Sambat is written as it is. */
export function writtenDay(iso: string, calendar: Calendar, locale: Language = language.value): string {
	const bikram = calendar === "bs" ? toBikram(iso) : null;
	if (bikram) return inOrder(bikram.year, monthWords("bs", bikram.month, locale), bikram.day, locale);
	const [year = 0, month = 0, day = 0] = iso.slice(0, 10).split("-").map(Number);
	return inOrder(year, monthWords("ad", month, locale), day, locale);
}

// Nepali goes from the year to the day (२०८३ मंसिर १०), English and Norwegian
// from the day to the year (10 Mangsir 2083, 10. mangsir 2083).
function inOrder(year: number, month: string, day: number, locale: Language): string {
	if (locale !== "ne") return `${day}${locale === "nb" ? "." : ""} ${month} ${year}`;
	return nepali(`${year} ${month} ${day}`);
}

function nepali(digits: string): string {
	return digits.replace(/[0-9]/g, (d) => "०१२३४५६७८९".charAt(Number(d)));
}

/**
 * A Gregorian month, by its first day, written in one calendar. It lies across two
 * months of Bikram Sambat, so there it is told from which day to which:
 * "२०८३ कात्तिक १५ – मंसिर १४", "15 Kattik – 14 Mangsir 2083".
 */
export function writtenMonth(
	first: string,
	calendar: Calendar = firstCalendar(),
	locale: Language = language.value,
): string {
	const [year = 0, month = 0] = first.split("-").map(Number);
	const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
	const from = calendar === "bs" ? toBikram(first) : null;
	const to = calendar === "bs" ? toBikram(last) : null;
	if (!from || !to) {
		const name = monthWords("ad", month, locale);
		return locale === "ne" ? nepali(`${year} ${name}`) : `${name} ${year}`;
	}
	const part = (day: BikramDay, withYear: boolean) => {
		const name = monthWords("bs", day.month, locale);
		if (locale === "ne") return nepali(`${withYear ? `${day.year} ` : ""}${name} ${day.day}`);
		return `${day.day}${locale === "nb" ? "." : ""} ${name}${withYear ? ` ${day.year}` : ""}`;
	};
	// The year is said once, where the language has it, unless it turns within.
	const turns = from.year !== to.year;
	return `${part(from, turns || locale === "ne")} – ${part(to, turns || locale !== "ne")}`;
}

/** formatDay writes a Gregorian day in the calendar that comes first, and in the other as its echo ("" without one). */
export function formatDay(iso: string, locale: Language): { main: string; echo: string } {
	if (toBikram(iso) === null) return { main: writtenDay(iso, "ad", locale), echo: "" };
	const first = firstCalendar(locale);
	const second = first === "bs" ? "ad" : "bs";
	return { main: writtenDay(iso, first, locale), echo: writtenDay(iso, second, locale) };
}

/** dayWords writes a Gregorian day, or the Nepali day of an instant, in the calendar that comes first. */
export function dayWords(isoOrInstant: string): string {
	return writtenDay(dayOf(isoOrInstant), firstCalendar());
}

/** shortDay writes day and month without the year: "मंसिर १४", "14 Mangsir", "30. november". */
export function shortDay(iso: string, calendar: Calendar = firstCalendar()): string {
	const bikram = calendar === "bs" ? toBikram(iso) : null;
	const [, month = 0, day = 0] = bikram
		? [0, bikram.month, bikram.day]
		: iso.slice(0, 10).split("-").map(Number);
	const name = monthWords(bikram ? "bs" : "ad", month);
	switch (language.value) {
		case "ne":
			return `${name} ${numerals(String(day))}`;
		case "nb":
			return `${day}. ${name}`;
		default:
			return `${day} ${name}`;
	}
}

/** dayOf gives the Gregorian day, for an instant the one in Nepal. */
export function dayOf(isoOrInstant: string): string {
	return isoOrInstant.length > 10 ? dayInNepal(isoOrInstant) : isoOrInstant;
}
