import { describe, expect, it } from "vitest";
import { byPart, firstFree, givenDays, mayCancel, minutesOf, nearest, parted, toSee } from "./slots.ts";
import type { Session, Slot, SlotDay } from "./types.ts";

const slot = (start: string, free = true): Slot => ({
	start: `2026-11-${start}:00Z`,
	end: `2026-11-${start}:45Z`,
	free,
});
const day = (day: string, ...slots: Slot[]): SlotDay => ({ day: `2026-11-${day}`, slots });

const days = [
	day("28"),
	day("29", slot("29T04:15", false)),
	// In Nepal 10:00, 11:00, 13:15 and 17:00.
	day("30", slot("30T04:15"), slot("30T05:15", false), slot("30T07:30"), slot("30T11:15")),
];

describe("the times of the coming days", () => {
	it("open on the first day with a free one", () => {
		expect(firstFree(days)).toBe("2026-11-30");
		expect(firstFree(days.slice(0, 2))).toBeNull();
	});

	it("leave out days on which nobody gives time, but not full ones", () => {
		expect(givenDays(days).map(({ day }) => day)).toEqual(["2026-11-29", "2026-11-30"]);
	});

	it("are laid out by the parts of the day in Nepal", () => {
		const laid = byPart(days[2]?.slots ?? []);
		expect(laid.map(({ part, slots }) => [part, slots.length])).toEqual([
			["morning", 2],
			["day", 1],
			["evening", 1],
		]);
	});

	it("near the one that was taken are free, close and in order", () => {
		const near = nearest(days, "2026-11-30T07:00:00Z", 2);
		expect(near.map(({ start }) => start.slice(8, 16))).toEqual(["30T04:15", "30T07:30"]);
		expect(nearest(days.slice(0, 2), "2026-11-30T07:00:00Z")).toEqual([]);
	});

	it("have their length in minutes", () => {
		expect(minutesOf({ start: "2026-11-30T04:15:00Z", end: "2026-11-30T05:00:00Z" })).toBe(45);
	});
});

const made: Session = {
	id: "ses_a",
	start: "2026-11-30T04:15:00Z",
	end: "2026-11-30T05:00:00Z",
	state: "booked",
	cancelledBy: null,
	as: "member",
	with: null,
	mine: true,
};

it("lets a meeting stand as ahead until it has ended, and be given up until it has begun", () => {
	const later: Session = { ...made, id: "ses_b", start: "2026-11-30T06:00:00Z", end: "2026-11-30T06:45:00Z" };
	const at = (time: string) => {
		const now = Date.parse(`2026-11-30T${time}Z`);
		const { ahead, over } = parted([made, later], now);
		return [ahead.map(({ id }) => id), over.map(({ id }) => id), mayCancel(made, now)];
	};
	expect(at("04:14:59")).toEqual([["ses_a", "ses_b"], [], true]);
	expect(at("04:15:00")).toEqual([["ses_a", "ses_b"], [], false]);
	expect(at("05:00:00")).toEqual([["ses_b"], ["ses_a"], false]);
	expect(at("06:45:00")).toEqual([[], ["ses_a", "ses_b"], false]);
	expect(mayCancel({ ...made, state: "cancelled" }, 0)).toBe(false);
});

it("shows a meeting that the other gave up, but not one she gave up herself", () => {
	const all: Session[] = [
		made,
		{ ...made, id: "ses_b", state: "cancelled", cancelledBy: "member" },
		{ ...made, id: "ses_c", state: "cancelled", cancelledBy: "supporter" },
		{ ...made, id: "ses_d", as: "supporter" },
	];
	expect(toSee(all, "member").map(({ id }) => id)).toEqual(["ses_a", "ses_c"]);
	expect(toSee(all, "supporter").map(({ id }) => id)).toEqual(["ses_d"]);
});
