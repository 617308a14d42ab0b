import { expect, it } from "vitest";
import { mayClose, sorted } from "./order.ts";
import type { MatterItem } from "./types.ts";

function item(id: string, step: MatterItem["next"]["step"], late = false): MatterItem {
	return {
		id,
		category: "service",
		state: "received",
		sentOn: "2026-11-20",
		acknowledgeBy: "2026-11-27",
		decideBy: "2026-12-04",
		outcomeBy: "2026-12-20",
		next: { step, by: step && "2026-11-27", daysLeft: step && 1, late },
		held: false,
		anonymous: true,
		unread: true,
	};
}

it("late ones stand first and finished ones last, each in the server's order", () => {
	const parts = sorted([
		item("a", "acknowledge", true),
		item("b", "decide"),
		item("c", "outcome", true),
		item("d", null),
		item("e", "outcome"),
	]);
	const ids = (items: MatterItem[]) => items.map(({ id }) => id).join();
	expect([ids(parts.late), ids(parts.open), ids(parts.closed)]).toEqual(["a,c", "b,e", "d"]);
});

it.each([
	["harm", "reading", false],
	["harm", "decided", true],
	["harm", "closed", false],
	["service", "received", false],
	["service", "reading", true],
	["idea", "reading", true],
] as const)("what is about %s and is %s may be closed: %s", (category, state, may) => {
	expect(mayClose({ category, state })).toBe(may);
});
