import { language, m, numerals } from "../words/index.ts";

// Nepal has been at +05:45 since 1986; meetings and courses are all later.
const nepalOffsetMs = 345 * 60_000;

/** clockInNepal gives the time of day in Nepal at an instant, "HH:MM", wherever the device is. */
export function clockInNepal(instant: string | number | Date): string {
	return new Date(new Date(instant).getTime() + nepalOffsetMs).toISOString().slice(11, 16);
}

/** weekdayOf gives the day of the week of a Gregorian day: 0 is Sunday, the first in Nepal. */
export function weekdayOf(iso: string): number {
	return new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDay();
}

const weekdays = [m["day.0"], m["day.1"], m["day.2"], m["day.3"], m["day.4"], m["day.5"], m["day.6"]];

/** The name of a day of the week, 0 for Sunday to 6 for Saturday. */
export function weekdayWords(weekday: number): string {
	return weekdays[weekday]?.() ?? "";
}

/** timeWords writes a time of day ("13:15"): in Nepali by the part of the day (दिउँसो १:१५), else by the clock of 24 hours. */
export function timeWords(clock: string): string {
	return language.value === "ne" ? `${partOf(clock)} ${twelve(clock)}` : clock;
}

/** spanWords writes from when to when; the part of the day is said twice only where it changes. */
export function spanWords(from: string, to: string): string {
	if (language.value !== "ne") return `${from}–${to}`;
	const end = partOf(from) === partOf(to) ? twelve(to) : timeWords(to);
	return `${timeWords(from)} – ${end}`;
}

function partOf(clock: string): string {
	const hour = Number(clock.slice(0, 2));
	if (hour >= 4 && hour < 12) return m["part.morning"]();
	if (hour >= 12 && hour < 16) return m["part.day"]();
	return hour >= 16 && hour < 20 ? m["part.evening"]() : m["part.night"]();
}

function twelve(clock: string): string {
	const hour = Number(clock.slice(0, 2)) % 12 || 12;
	return numerals(`${hour}${clock.slice(2)}`);
}
