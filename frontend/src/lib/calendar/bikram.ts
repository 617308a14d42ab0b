import { firstDay, firstYear, forecastFrom, lastYear, lengths } from "./month-lengths.ts";

/** A day of Bikram Sambat; months count from 1. */
export interface BikramDay {
	year: number;
	month: number;
	day: number;
}

const dayMs = 86_400_000;
const epoch = Date.parse(firstDay) / dayMs;

/** The number of days from the epoch to the start of each year, and of the one after the last. */
const yearStarts = [0];
for (const months of lengths) yearStarts.push((yearStarts.at(-1) ?? 0) + sum(months));

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, n) => total + n, 0);
}

/** toBikram gives the day of Bikram Sambat of a Gregorian day ("1988-05-28"), or null outside the table or when there is no such day. */
export function toBikram(iso: string): BikramDay | null {
	let left = numberOf(iso) - epoch;
	if (!(left >= 0) || left >= (yearStarts.at(-1) ?? 0)) return null;
	// A year has 365 or 366 days, so the guess is right or one too late.
	let index = Math.min(Math.floor(left / 365), lengths.length - 1);
	if (left < (yearStarts[index] ?? 0)) index--;
	left -= yearStarts[index] ?? 0;
	const months = lengths[index] ?? [];
	let month = 0;
	while (left >= (months[month] ?? Number.POSITIVE_INFINITY)) left -= months[month++] ?? 0;
	return { year: firstYear + index, month: month + 1, day: left + 1 };
}

/** fromBikram gives the Gregorian day, or null for a day that does not exist or is outside the table. */
export function fromBikram({ year, month, day }: BikramDay): string | null {
	if (!Number.isInteger(day) || day < 1 || day > bikramMonthLength(year, month)) return null;
	const start = yearStarts[year - firstYear] ?? 0;
	const months = lengths[year - firstYear] ?? [];
	return isoOf(epoch + start + sum(months.slice(0, month - 1)) + day - 1);
}

/** The days of a month, 0 where the table has none. */
export function bikramMonthLength(year: number, month: number): number {
	return lengths[year - firstYear]?.[month - 1] ?? 0;
}

/** The days of a Gregorian month. */
export function gregorianMonthLength(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** forecast tells whether the days of a year may still move by one, as no almanac is out yet. */
export function forecast(year: number): boolean {
	return year >= forecastFrom;
}

// Nepal went from +05:30 to +05:45 with the start of 1986 and has kept it.
const quarterHourSince = Date.UTC(1985, 11, 31, 18, 30);

/** The day in Nepal at an instant, wherever the device is. */
export function dayInNepal(instant: string | number | Date): string {
	const at = new Date(instant).getTime();
	const offset = at < quarterHourSince ? 330 : 345;
	return isoOf(Math.floor((at + offset * 60_000) / dayMs));
}

/** The year of Bikram Sambat at an instant; past the table's end it stays at the last one. */
export function bikramYearNow(now: number = Date.now()): number {
	return toBikram(dayInNepal(now))?.year ?? lastYear;
}

// The parser takes 30 February for 1 or 2 March, so what it makes is compared.
function numberOf(iso: string): number {
	const day = Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / dayMs);
	return Number.isNaN(day) || isoOf(day) !== iso.slice(0, 10) ? Number.NaN : day;
}

function isoOf(day: number): string {
	return new Date(day * dayMs).toISOString().slice(0, 10);
}
