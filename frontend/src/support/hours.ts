import { compareWritten } from "../lib/calendar/order.ts";
import type { Hours, Span } from "./types.ts";

/** What is wrong with one span, for the page to say beside it. */
export type SpanFault = "order" | "overlap" | "short";

/** spanFaults finds what is wrong with each span, by its place in the list; the server has the last word. */
export function spanFaults(spans: readonly Span[], length: number): Map<number, SpanFault> {
	const faults = new Map<number, SpanFault>();
	spans.forEach((span, i) => {
		const lasts = minutes(span.to) - minutes(span.from);
		if (lasts <= 0) faults.set(i, "order");
		else if (spans.some((other, j) => j < i && overlap(span, other))) faults.set(i, "overlap");
		else if (lasts < length) faults.set(i, "short");
	});
	return faults;
}

function overlap(a: Span, b: Span): boolean {
	return a.weekday === b.weekday && minutes(a.from) < minutes(b.to) && minutes(b.from) < minutes(a.to);
}

/** nextSpan proposes the next free stretch of a day: at first 10:00 to 13:00, then after what is there. */
export function nextSpan(spans: readonly Span[], weekday: number): Span {
	const busy = spans.filter((span) => span.weekday === weekday).map((span) => minutes(span.to));
	const from = busy.length ? Math.min(Math.max(...busy) + 60, latest - 60) : 10 * 60;
	const to = Math.min(from + (busy.length ? 120 : 180), latest);
	return { weekday, from: clockText(from), to: clockText(to) };
}

// Meetings are by day: the lists of times would be too long otherwise.
const earliest = 5 * 60;
const latest = 22 * 60;

/** The times that can be chosen: each quarter of an hour of the day, and what is there already. */
export function quarters(chosen: string): string[] {
	const times: string[] = [];
	for (let at = earliest; at <= latest; at += 15) times.push(clockText(at));
	return times.includes(chosen) ? times : [...times, chosen].sort();
}

/** inOrder puts the spans as the week goes. */
export function inOrder(spans: readonly Span[]): Span[] {
	return [...spans].sort((a, b) => a.weekday - b.weekday || compareWritten(a.from, b.from));
}

/** sameHours tells whether nothing was changed. */
export function sameHours(a: Hours, b: Hours): boolean {
	const written = (h: Hours) =>
		JSON.stringify([inOrder(h.spans).map((s) => [s.weekday, s.from, s.to]), h.length, h.cap, h.paused]) +
		[...h.languages].sort().join();
	return written(a) === written(b);
}

/** "13:15" as minutes since midnight. */
export function minutes(clock: string): number {
	const [hour = 0, minute = 0] = clock.split(":").map(Number);
	return hour * 60 + minute;
}

function clockText(at: number): string {
	return [Math.floor(at / 60), at % 60].map((n) => String(n).padStart(2, "0")).join(":");
}
