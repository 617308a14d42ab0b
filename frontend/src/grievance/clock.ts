import { daysBetween } from "../lib/calendar/index.ts";

export type Urgency = "calm" | "soon" | "late";

/** How a time limit stands on a day: what is left, and how much of it has gone. */
export interface Standing {
	/** Days until the last one, 0 on it, below zero when it has passed. */
	left: number;
	urgency: Urgency;
	/** Days of the whole limit and of what has gone, for a bar. */
	whole: number;
	gone: number;
}

/** standing tells how the limit from one day to the end of another stands today. */
export function standing(from: string, by: string, today: string): Standing {
	const left = daysBetween(today, by);
	const whole = Math.max(1, daysBetween(from, by));
	const urgency = left < 0 ? "late" : left <= 1 ? "soon" : "calm";
	return { left, urgency, whole, gone: Math.min(whole, Math.max(0, whole - left)) };
}
