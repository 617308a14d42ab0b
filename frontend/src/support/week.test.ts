import { expect, it } from "vitest";
import type { Week, WeekSession } from "./types.ts";
import { manyGroups, weekRows } from "./week.ts";

const session = (id: string, supporter: string | null, group = "grp_a"): WeekSession => ({
	id,
	start: `2026-11-29T0${id}:15:00Z`,
	end: `2026-11-29T0${id}:45:00Z`,
	state: "booked",
	member: "चमेली",
	supporter,
	group: { id: group, name: { ne: "नदीपारि" } },
});

const week: Week = {
	from: "2026-11-29",
	days: [
		{ day: "2026-11-29", sessions: [session("7", "मैना"), session("4", "मैना")] },
		{ day: "2026-11-30", sessions: [session("5", null)] },
	],
	load: [
		{ supporter: "कोपिला", booked: 0, cap: 5 },
		{ supporter: "मैना", booked: 2, cap: 6 },
	],
};

it("lays the week out by supporter, the one with most to do first, and loses nobody", () => {
	const rows = weekRows(week);
	expect(rows.map(({ supporter, booked, cap }) => [supporter, booked, cap])).toEqual([
		["मैना", 2, 6],
		["कोपिला", 0, 5],
		[null, 0, 0],
	]);
	expect(rows[0]?.days.map((day) => day.map(({ id }) => id))).toEqual([["4", "7"], []]);
	expect(rows[2]?.days.map((day) => day.length)).toEqual([0, 1]);
});

it("tells the groups apart only where there are several", () => {
	expect(manyGroups(week)).toBe(false);
	const other = { day: "2026-12-01", sessions: [session("6", "मैना", "grp_b")] };
	expect(manyGroups({ ...week, days: [...week.days, other] })).toBe(true);
});
