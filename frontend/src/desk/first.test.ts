import { expect, it } from "vitest";
import type { Desk } from "../lib/api/index.ts";
import { type First, firstOf } from "./first.ts";

const group = { id: "grp_1", name: { ne: "नदीपारि" }, parent: null, members: 12 };
const quiet: Desk = {
	alerts: 0,
	young: 0,
	reviews: 0,
	requests: 0,
	applications: 0,
	importsOpen: 0,
	groups: [group],
	sessions: [],
	movedUp: [],
	seatsOpen: [],
	grievances: { mine: 0, late: 0, next: null },
};
const matter = { id: "grv_1", category: "service" as const, step: "decide" as const, by: "2026-11-30" };
const mine = (daysLeft: number, late = 0) => ({ mine: 1, late, next: { ...matter, daysLeft } });

const days: [First, Partial<Desk>][] = [
	["late", { grievances: mine(-2, 1), applications: 3, importsOpen: 1 }],
	["due", { grievances: mine(1), applications: 3 }],
	["due", { grievances: mine(0), applications: 3 }],
	["applications", { grievances: mine(2), applications: 3, importsOpen: 1 }],
	["imports", { grievances: mine(2), importsOpen: 1 }],
	["matters", { grievances: mine(2) }],
	["none", {}],
	["empty", { groups: [{ ...group, members: 0 }] }],
];

it.each(days)("the first thing is %s", (first, change) => {
	expect(firstOf({ ...quiet, ...change }, true)).toBe(first);
});

it("a board member without groups is not asked for a list", () => {
	expect(firstOf({ ...quiet, groups: [] }, false)).toBe("none");
});
