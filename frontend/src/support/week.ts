import { compareWritten } from "../lib/calendar/order.ts";
import type { Week, WeekSession } from "./types.ts";

/** One supporter's week: how much she has, and her meetings day by day. */
export interface WeekRow {
	/** Her chosen name; null where it is not to be shown. */
	supporter: string | null;
	booked: number;
	cap: number;
	/** As many as the week has days. */
	days: WeekSession[][];
}

/** weekRows lays a week out by supporter: those with most to do first, then whoever has nothing. */
export function weekRows(week: Week): WeekRow[] {
	const rows = new Map<string | null, WeekRow>();
	const row = (supporter: string | null) => {
		const found = rows.get(supporter) ?? { supporter, booked: 0, cap: 0, days: week.days.map(() => []) };
		rows.set(supporter, found);
		return found;
	};
	for (const { supporter, booked, cap } of week.load) {
		const one = row(supporter);
		one.booked += booked;
		one.cap += cap;
	}
	week.days.forEach(({ sessions }, i) => {
		for (const session of sessions) row(session.supporter).days[i]?.push(session);
	});
	for (const { days } of rows.values()) {
		for (const day of days) day.sort((a, b) => compareWritten(a.start, b.start));
	}
	return [...rows.values()].sort((a, b) => b.booked - a.booked);
}

/** Whether the names of groups have to be told apart. */
export function manyGroups(week: Week): boolean {
	return new Set(week.days.flatMap(({ sessions }) => sessions.map(({ group }) => group?.id))).size > 1;
}
