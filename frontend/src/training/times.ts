import { spanWords, weekdayWords } from "../lib/calendar/index.ts";
import { compareWritten } from "../lib/calendar/order.ts";
import type { WeeklyTime } from "./types.ts";

/** Days of the week with the hours they share. */
export interface TimeGroup {
	days: number[];
	from: string;
	to: string;
}

/** byHours puts together the days of a week that have the same hours, in the order of the week. */
export function byHours(times: readonly WeeklyTime[]): TimeGroup[] {
	const groups: TimeGroup[] = [];
	const ordered = [...times].sort((a, b) => a.weekday - b.weekday || compareWritten(a.from, b.from));
	for (const { weekday, from, to } of ordered) {
		const same = groups.find((group) => group.from === from && group.to === to);
		if (same) same.days.push(weekday);
		else groups.push({ days: [weekday], from, to });
	}
	return groups;
}

/** daysWords names days of the week; three or more in a row by the first and the last. */
export function daysWords(days: readonly number[]): string {
	const runs: number[][] = [];
	for (const day of days) {
		const run = runs.at(-1);
		if (run && day === (run.at(-1) ?? 0) + 1) run.push(day);
		else runs.push([day]);
	}
	return runs
		.flatMap((run) => {
			const names = run.map(weekdayWords);
			return run.length > 2 ? [`${names[0]} – ${names.at(-1)}`] : names;
		})
		.join(", ");
}

/** timesWords says each time of the week, one text for the days that share their hours. */
export function timesWords(times: readonly WeeklyTime[]): string[] {
	return byHours(times).map(({ days, from, to }) => `${daysWords(days)}: ${spanWords(from, to)}`);
}
