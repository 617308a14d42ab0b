import { undoDays } from "./api.ts";

const dayMs = 86_400_000;

/** The days that are left to take an import back. */
export function daysLeft(createdAt: string, now: number): number {
	return Math.max(0, undoDays - Math.floor((now - Date.parse(createdAt)) / dayMs));
}
