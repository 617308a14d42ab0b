import { asciiDigits } from "../lib/words/index.ts";
import type { WeeklyTime } from "./types.ts";

/** The most seats an intake can have. */
export const mostSeats = 200;

/** seatsOf reads a number of seats typed in either kind of digits, or gives null. */
export function seatsOf(typed: string): number | null {
	const text = asciiDigits(typed.trim());
	const seats = Number(text);
	return /^\d{1,3}$/.test(text) && seats >= 1 && seats <= mostSeats ? seats : null;
}

/** The four days of an intake, null while they are not whole. */
export interface IntakeDays {
	opens: string | null;
	closes: string | null;
	begins: string | null;
	ends: string | null;
}
export const dayOrder = ["opens", "closes", "begins", "ends"] as const;
export type DayName = (typeof dayOrder)[number];

/** Why one of the four days can't stand: it is missing, or before the one it must follow. */
export type DayFault = "missing" | "order";

/** dayFaults looks over the days: enrolment opens, ends, the course begins, ends, none before the one above it. */
export function dayFaults(days: IntakeDays): Partial<Record<DayName, DayFault>> {
	const faults: Partial<Record<DayName, DayFault>> = {};
	let latest = "";
	for (const name of dayOrder) {
		const day = days[name];
		if (!day) faults[name] = "missing";
		else if (day < latest) faults[name] = "order";
		else latest = day;
	}
	return faults;
}

/** inOrder tells whether a time of the week ends after it starts. */
export function inOrder({ from, to }: WeeklyTime): boolean {
	return from < to;
}

/** The quarter hours of a day on which something may start or end: five in the morning to nine in the evening. */
export const quarterHours: readonly string[] = Array.from({ length: 16 * 4 + 1 }, (_, i) => {
	const minutes = 5 * 60 + i * 15;
	return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
});
