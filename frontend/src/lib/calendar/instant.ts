import { type Language, language, m, numerals } from "../words/index.ts";
import { dayInNepal } from "./bikram.ts";

/** What a clock on the wall shows: the Gregorian day and the time of it. */
export interface WallClock {
	/** "2026-11-29" */
	day: string;
	/** 0–23 */
	hour: number;
	/** 0–59 */
	minute: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
// Nepal has no summer time; all that is booked here lies after 1986.
const nepalAhead = (5 * 60 + 45) * minuteMs;

/** nepalClock is the clock in Nepal at an instant ("2026-11-29T04:15:00Z"), wherever the device is. */
export function nepalClock(instant: string): WallClock {
	const shifted = new Date(Date.parse(instant) + nepalAhead);
	return { day: dayInNepal(instant), hour: shifted.getUTCHours(), minute: shifted.getUTCMinutes() };
}

/** hereClock is the clock of the device at an instant, by the rules of its zone on that day. */
export function hereClock(instant: string): WallClock {
	const at = new Date(instant);
	const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
	return { day, hour: at.getHours(), minute: at.getMinutes() };
}

/** elsewhere tells whether the device's clock shows another time than one in Nepal at that instant. */
export function elsewhere(instant: string): boolean {
	const here = hereClock(instant);
	const nepal = nepalClock(instant);
	return here.day !== nepal.day || here.hour !== nepal.hour || here.minute !== nepal.minute;
}

export type DayPart = "morning" | "day" | "evening" | "night";

/** The part of the day that an hour is said with. */
export function partOf(hour: number): DayPart {
	if (hour < 4 || hour >= 20) return "night";
	if (hour < 12) return "morning";
	return hour < 17 ? "day" : "evening";
}

const parts: Record<DayPart, (typeof m)["part.day"]> = {
	morning: m["part.morning"],
	day: m["part.day"],
	evening: m["part.evening"],
	night: m["part.night"],
};

export function partWords(part: DayPart, locale: Language = language.value): string {
	return parts[part]({}, { locale });
}

/**
 * clockDigits writes the time alone: of twelve hours in Nepali and English,
 * where the part of the day is said beside it, of twenty-four in Norwegian.
 */
export function clockDigits({ hour, minute }: Pick<WallClock, "hour" | "minute">): string {
	if (language.value === "nb") return `${two(hour)}.${two(minute)}`;
	return numerals(`${hour % 12 || 12}:${two(minute)}`);
}

/** clockWords says the time with its part of the day: "दिउँसो २:०० बजे", "afternoon at 2:00", "ettermiddag kl. 14.00". */
export function clockWords(clock: Pick<WallClock, "hour" | "minute">): string {
	return m["time.at"]({ part: partWords(partOf(clock.hour)), time: clockDigits(clock) });
}

/** clockShort is the same where there is little room: "दिउँसो २:००", "afternoon 2:00", "14.00". */
export function clockShort(clock: Pick<WallClock, "hour" | "minute">): string {
	const digits = clockDigits(clock);
	return language.value === "nb" ? digits : `${partWords(partOf(clock.hour))} ${digits}`;
}

/** clockInNepal says the time in Nepal where one line is all the room there is, and that it is Nepal's where the device shows another. */
export function clockInNepal(instant: string, say: typeof clockWords = clockShort): string {
	const time = say(nepalClock(instant));
	return elsewhere(instant) ? m["time.inNepal"]({ time }) : time;
}

/** zoneWords says both clocks in one sentence where they differ, or null where they are one. */
export function zoneWords(instant: string): string | null {
	if (!elsewhere(instant)) return null;
	const here = hereClock(instant);
	const nepal = nepalClock(instant);
	// The Norwegian sentence says "kl." itself.
	const say = language.value === "nb" ? clockDigits : clockWords;
	const weekday = here.day === nepal.day ? null : weekdayWords(weekdayOf(here.day));
	const time = language.value === "nb" ? [say(here), weekday] : [weekday, say(here)];
	return m["meet.zone"]({ time: time.filter(Boolean).join(" "), nepal: say(nepal) });
}

const weekdays = [m["day.0"], m["day.1"], m["day.2"], m["day.3"], m["day.4"], m["day.5"], m["day.6"]];
const shortWeekdays = [
	m["day.short.0"],
	m["day.short.1"],
	m["day.short.2"],
	m["day.short.3"],
	m["day.short.4"],
	m["day.short.5"],
	m["day.short.6"],
];

/** The weekday of a Gregorian day, 0 for Sunday, with which the week in Nepal begins. */
export function weekdayOf(day: string): number {
	return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function weekdayWords(weekday: number): string {
	return weekdays[weekday]?.() ?? "";
}

/** The weekday as it stands on a calendar's head. */
export function weekdayShort(weekday: number): string {
	return shortWeekdays[weekday]?.() ?? "";
}

/** The Gregorian day so many days after, or before, another. */
export function addDays(day: string, count: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** How many days later `day` is than `from`. */
export function daysBetween(from: string, day: string): number {
	return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

function two(n: number): string {
	return String(n).padStart(2, "0");
}
