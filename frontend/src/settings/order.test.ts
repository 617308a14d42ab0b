import { expect, it } from "vitest";
import { placesOf, swap } from "./order.ts";
import type { Group } from "./types.ts";

const group = (id: string, parent: string | null, order: number): Group => ({
	id,
	parent,
	order,
	name: { ne: id },
	version: 1,
});
const all = [group("root", null, 0), group("b", "root", 2), group("a", "root", 1), group("a1", "a", 0)];

it("each group stands below its parent, siblings in their order", () => {
	expect(placesOf(all).map(({ group, depth }) => [group.id, depth])).toEqual([
		["root", 0],
		["a", 1],
		["a1", 2],
		["b", 1],
	]);
	const places = placesOf(all);
	expect(places[1]?.after?.id).toBe("b");
	expect(places[2]?.before).toBeNull();
});

it("two neighbours change places and nobody else moves", () => {
	const places = placesOf(all);
	const [a, b] = [all[2] as Group, all[1] as Group];
	expect(swap(places, a, b)).toEqual([
		{ group: b, order: 1 },
		{ group: a, order: 2 },
	]);
});

it("siblings that share an order are counted anew", () => {
	const same = [group("root", null, 0), group("a", "root", 0), group("b", "root", 0), group("c", "root", 0)];
	const places = placesOf(same);
	const steps = swap(places, same[1] as Group, same[2] as Group);
	expect(steps.map(({ group, order }) => [group.id, order])).toEqual([
		["a", 1],
		["c", 2],
	]);
});
