import { compareWritten } from "../lib/calendar/order.ts";
import { hasName, nameFrom, sameName, writtenOf } from "./names.ts";
import type { Parts } from "./parts.ts";
import type { Holiday } from "./types.ts";

export const emptyHoliday: Holiday = { day: "", name: {} };

export function sameHoliday(a: Holiday | undefined, b: Holiday | undefined): boolean {
	if (!a || !b) return a === b;
	return a.day === b.day && sameName(a.name, b.name);
}

/** holidayFaults tells what is missing or wrong of one holiday beside the others. */
export function holidayFaults(parts: Parts<Holiday>, at: string): Map<string, "missing" | "twice"> {
	const faults = new Map<string, "missing" | "twice">();
	const one = parts[at];
	if (!one) return faults;
	if (!hasName(one.name)) faults.set("name", "missing");
	if (!one.day) faults.set("day", "missing");
	else if (Object.entries(parts).some(([key, other]) => key !== at && other.day === one.day)) {
		faults.set("day", "twice");
	}
	return faults;
}

/** sentHolidays are the holidays as the server takes them, by day. */
export function sentHolidays(parts: Parts<Holiday>): Holiday[] {
	return inOrder(Object.values(parts)).map(({ day, name }) => ({ day, name: nameFrom(writtenOf(name)) }));
}

export function inOrder(holidays: readonly Holiday[]): Holiday[] {
	return [...holidays].sort((a, b) => compareWritten(a.day, b.day));
}
