import { roleWords } from "../account/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { localised, m, number } from "../lib/words/index.ts";
import type { Asked, Kind } from "./api.ts";

export const kindWords: Record<Kind, () => string> = {
	role: m["asks.kind.role"],
	reopen: m["asks.kind.reopen"],
	emergency: m["asks.kind.emergency"],
	export: m["asks.kind.export"],
	recovery: m["asks.kind.recovery"],
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

/** isOpenTo tells whether what she asked for was granted, and is open to her now. */
export function isOpenTo({ state, mine, ends }: Asked, now: number): boolean {
	return state === "approved" && mine && ends !== null && Date.parse(ends) > now;
}

/** When it goes by itself, if nobody decides. */
export function lapsesWords({ kind, until }: Asked): string {
	return kind === "recovery" ? m["asks.until.hour"]() : m["asks.until"]({ day: dayWords(until) });
}

/** What else whoever decides should know of it, each in a line: which group, for how long, how many people. */
export function detailWords({ what }: Asked): string[] {
	const lines: string[] = [];
	if (what.group) lines.push(m["asks.what.group"]({ group: localised(what.group.name) }));
	if (what.hours) lines.push(m["asks.what.hours"]({ count: number(what.hours) }));
	if (what.count !== null) lines.push(m["asks.what.count"]({ count: number(what.count) }));
	return lines;
}
