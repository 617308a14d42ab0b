import type { Group } from "./types.ts";

/** Where a group stands in the tree, and what it can change places with. */
export interface Place {
	group: Group;
	/** How far below the top, 0 for the organisation as a whole. */
	depth: number;
	before: Group | null;
	after: Group | null;
}

/** placesOf lists groups as they are drawn: each below its parent, siblings in their order. */
export function placesOf(groups: readonly Group[]): Place[] {
	const places: Place[] = [];
	function below(parent: string | null, depth: number): void {
		const siblings = groups
			.filter((one) => one.parent === parent)
			.map((group, at) => ({ group, at }))
			.sort((a, b) => a.group.order - b.group.order || a.at - b.at)
			.map(({ group }) => group);
		siblings.forEach((group, i) => {
			places.push({ group, depth, before: siblings[i - 1] ?? null, after: siblings[i + 1] ?? null });
			below(group.id, depth + 1);
		});
	}
	below(null, 0);
	return places;
}

/** A new order for one group. */
export interface Step {
	group: Group;
	order: number;
}

/**
 * swap lets two neighbours change places. Where they share an order, or others
 * stand on it, all siblings are counted anew; those that stay as they are, are not named.
 */
export function swap(places: readonly Place[], one: Group, other: Group): Step[] {
	const siblings = places.filter(({ group }) => group.parent === one.parent).map(({ group }) => group);
	const turned = siblings.map((group) => (group === one ? other : group === other ? one : group));
	const distinct = new Set(siblings.map(({ order }) => order)).size === siblings.length;
	const orders = distinct ? siblings.map(({ order }) => order) : siblings.map((_, i) => i);
	return turned
		.map((group, i) => ({ group, order: orders[i] ?? i }))
		.filter(({ group, order }) => group.order !== order);
}
