import { useEffect, useState } from "preact/hooks";
import type { List } from "../api/index.ts";
import { type Act, useAct } from "./act.ts";
import { type Loaded, useLoad } from "./load.ts";

/** A list of which more can be fetched. */
export interface Paged<Item> extends Loaded<List<Item>> {
	items: Item[];
	/** Fetches the next page; null when all is there. */
	more: Act<[]> | null;
	/** Puts changed items in the place of those shown. */
	replace: (change: (item: Item) => Item) => void;
}

/** usePaged loads the first page of a list whenever one of `given` changes, and further pages on demand. */
export function usePaged<Item>(
	ask: (cursor?: string) => Promise<List<Item>>,
	given: readonly unknown[] = [],
): Paged<Item> {
	const first = useLoad(() => ask(), given);
	const [later, setLater] = useState<{ after: List<Item> | null; items: Item[]; next: string | null }>({
		after: null,
		items: [],
		next: null,
	});
	// Later pages belong to the first page they were fetched after.
	const fitting = later.after === first.data ? later : null;
	const next = fitting ? fitting.next : (first.data?.next ?? null);
	const more = useAct(async () => {
		if (!next) return;
		const page = await ask(next);
		setLater({ after: first.data, items: [...(fitting?.items ?? []), ...page.items], next: page.next });
	});
	useEffect(() => more.clear(), [first.data]);

	return {
		...first,
		items: [...(first.data?.items ?? []), ...(fitting?.items ?? [])],
		more: next ? more : null,
		replace: (change) => {
			if (!first.data) return;
			const now = { ...first.data, items: first.data.items.map(change) };
			first.put(now);
			if (fitting) setLater({ ...fitting, after: now, items: fitting.items.map(change) });
		},
	};
}
