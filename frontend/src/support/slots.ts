import { type DayPart, nepalClock, partOf } from "../lib/calendar/index.ts";
import { compareWritten } from "../lib/calendar/order.ts";
import type { Session, Slot, SlotDay } from "./types.ts";

/** The days on which anybody gives time at all; the others are no choice. */
export function givenDays(days: readonly SlotDay[]): SlotDay[] {
	return days.filter(({ slots }) => slots.length > 0);
}

export function isFree({ slots }: SlotDay): boolean {
	return slots.some((slot) => slot.free);
}

/** firstFree is the first day with a time that can be taken, which stands chosen when the page opens. */
export function firstFree(days: readonly SlotDay[]): string | null {
	return days.find(isFree)?.day ?? null;
}

/** byPart lays a day's times out by the parts of the day in Nepal. */
export function byPart(slots: readonly Slot[]): { part: DayPart; slots: Slot[] }[] {
	const laid: { part: DayPart; slots: Slot[] }[] = [];
	for (const slot of slots) {
		const part = partOf(nepalClock(slot.start).hour);
		const last = laid.at(-1);
		if (last?.part === part) last.slots.push(slot);
		else laid.push({ part, slots: [slot] });
	}
	return laid;
}

/** nearest lists the free times closest to the one that was wanted, in the order of the clock. */
export function nearest(days: readonly SlotDay[], wanted: string, count = 4): Slot[] {
	const at = Date.parse(wanted);
	const away = (slot: Slot) => Math.abs(Date.parse(slot.start) - at);
	return days
		.flatMap(({ slots }) => slots.filter((slot) => slot.free))
		.sort((a, b) => away(a) - away(b))
		.slice(0, count)
		.sort((a, b) => compareWritten(a.start, b.start));
}

/** The length of a meeting in minutes. */
export function minutesOf({ start, end }: { start: string; end: string }): number {
	return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}

/** toSee leaves out what is of her other part, and what she gave up herself: of that she knows. */
export function toSee(sessions: readonly Session[], as: Session["as"]): Session[] {
	return sessions.filter((one) => one.as === as && (one.state === "booked" || one.cancelledBy !== as));
}

/** parted lays meetings apart: those that haven't ended yet and those that are over: the server's list is of whole days. */
export function parted(sessions: readonly Session[], now: number): { ahead: Session[]; over: Session[] } {
	const ended = ({ end }: Session) => Date.parse(end) <= now;
	return { ahead: sessions.filter((one) => !ended(one)), over: sessions.filter(ended) };
}

/** mayCancel tells whether a meeting can still be given up: it stands, and hasn't begun. */
export function mayCancel({ state, start }: Session, now: number): boolean {
	return state === "booked" && Date.parse(start) > now;
}
