import type { Category, MatterItem } from "./types.ts";

interface Sorted {
	late: MatterItem[];
	open: MatterItem[];
	closed: MatterItem[];
}

/** sorted parts what is late, what is to do and what is finished; within each the server's order stays. */
export function sorted(items: readonly MatterItem[]): Sorted {
	return {
		late: items.filter(({ next }) => next.step && next.late),
		open: items.filter(({ next }) => next.step && !next.late),
		closed: items.filter(({ next }) => !next.step),
	};
}

/** mayClose: the everyday ones after an answer, the others after the decision. */
export function mayClose({ category, state }: Pick<MatterItem, "category" | "state">): boolean {
	return state === "decided" || (state === "reading" && isEveryday(category));
}

/** What needs an answer but no decision. */
export function isEveryday(category: Category): boolean {
	return category === "service" || category === "idea";
}
