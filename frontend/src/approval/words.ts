import { roleWords } from "../account/roles.ts";
import { localised, m } from "../lib/words/index.ts";
import type { Asked, Kind } from "./api.ts";

export const kindWords: Record<Kind, () => string> = {
	role: m["asks.kind.role"],
	reopen: m["asks.kind.reopen"],
	emergency: m["asks.kind.emergency"],
	export: m["asks.kind.export"],
};

export const stateWords: Record<Asked["state"], () => string> = {
	waiting: m["asks.state.waiting"],
	approved: m["asks.state.approved"],
	refused: m["asks.state.refused"],
	withdrawn: m["asks.state.withdrawn"],
	over: m["asks.state.over"],
};

/** What is asked for, in one line. */
export function askedWords({ kind, what }: Asked): string {
	if (kind !== "role" || !what.role) return kindWords[kind]();
	const role = roleWords(what.role);
	return what.give ? m["asks.what.give"]({ role }) : m["asks.what.take"]({ role });
}

/** The group it is about, in words, or null. */
export function groupWords({ what }: Asked): string | null {
	return what.group ? m["asks.what.group"]({ group: localised(what.group.name) }) : null;
}
