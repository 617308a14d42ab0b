import type { GroupOfMine } from "../../lib/api/index.ts";
import { localised } from "../../lib/words/index.ts";

export interface Option {
	value: string;
	label: string;
}

/**
 * groupOptions lists groups for a Select as a tree: children after their
 * parent, set in by how deep they lie. A parent that is not hers counts as none.
 */
export function groupOptions(groups: readonly Pick<GroupOfMine, "id" | "parent" | "name">[]): Option[] {
	const known = new Set(groups.map((group) => group.id));
	const options: Option[] = [];
	function add(parent: string | null, depth: number): void {
		for (const group of groups) {
			const above = group.parent !== null && known.has(group.parent) ? group.parent : null;
			if (above !== parent) continue;
			options.push({
				value: group.id,
				label: `${"\u00a0\u00a0\u00a0".repeat(depth)}${localised(group.name)}`,
			});
			add(group.id, depth + 1);
		}
	}
	add(null, 0);
	return options;
}
