import type { SafeHours } from "./api.ts";

/** Every full hour of a day, as it is sent. */
export const clocks: readonly string[] = Array.from(
	{ length: 24 },
	(_, hour) => `${String(hour).padStart(2, "0")}:00`,
);

/** What is chosen before she chooses: no day, the middle of the day. */
export const noHours: SafeHours = { days: [], from: "10:00", to: "16:00" };

/** daysOf is the days that are ticked, Sunday first. */
export function daysOf(ticked: readonly string[]): number[] {
	return ticked.map(Number).sort((a, b) => a - b);
}

/** Whether they end on the day after the one on which they begin. */
export function overMidnight({ from, to }: Pick<SafeHours, "from" | "to">): boolean {
	return to <= from;
}
