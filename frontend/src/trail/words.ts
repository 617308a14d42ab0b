import { roleWords } from "../account/index.ts";
import { m, number } from "../lib/words/index.ts";
import type { Alert, Sum } from "./api.ts";

type Say = () => string;

// What was done, in the words of the pages it was done on; by action of the
// policy, or by operation where somebody asked for one that isn't for her.
const kinds: [Say, RegExp][] = [
	[m["log.act.joining"], /[rR]egistration|register$|decideOnApplying|approveMember|declineMember/],
	[m["log.act.stories"], /Stor(y|ies)|PictureBefore/],
	[m["log.act.messages"], /Messages?|Mail|Sms/],
	[m["log.act.texts"], /Texts?$|recordText|RecordingOfText/],
	[m["log.act.own"], /own$|Own$|Mine$|chooseLanguage|[cC]onsent|OwnAway|seeOpenings|myOpenings/],
	[m["log.act.list"], /Register/],
	[m["log.act.two"], /askFor|decideOn|Request|[eE]mergency|[eE]xport/],
	[
		m["log.act.way"],
		/Passphrase|closeAccount|[sS]ignIn|signOut|proveSession|Factor|letBackIn|comeBack|Recovery$|Held$/,
	],
	[m["log.act.people"], /Member|readContact|readHandle|Desk|askCarried|askYoung|seeWhyAside/],
	[m["log.act.ties"], /Conflict/],
	[m["log.act.matters"], /[gG]rievance|handle|Talk/],
	[m["log.act.trail"], /Trail|Technical|Alert/],
	[m["log.act.training"], /Course|Intake|Enrolment|Trainer|OwnPlaces/],
	[m["log.act.meetings"], /Session|Slots|Hours|Week/],
	[m["log.act.figures"], /Release|Result|Figures/],
	[m["log.act.settings"], /Setting|Group|Setup|Organisation|invite/i],
];

/** What kind of thing was done. */
export function actWords(action: string): string {
	const found = kinds.find(([, of]) => of.test(action));
	return (found ? found[0] : m["log.act.other"])();
}

const results: Record<string, Say> = {
	done: m["log.result.done"],
	read: m["log.result.read"],
	refused: m["log.result.refused"],
};

export function resultWords(result: string): string {
	return results[result]?.() ?? "";
}

export function alertWords({ kind, role, count }: Alert): string {
	const parts = { role: roleWords(role ?? ""), count: number(count) };
	switch (kind) {
		case "many_openings":
			return m["log.alert.many_openings"](parts);
		case "many_refusals":
			return m["log.alert.many_refusals"](parts);
		case "guesses":
			return m["log.alert.guesses"](parts);
		case "let_back_in":
			return m["log.alert.let_back_in"](parts);
		case "forged":
			return m["log.alert.forged"]();
		default:
			return m["log.alert.chain_broken"]();
	}
}

/** A line of the summary as it is shown: what several actions of one kind come to. */
export interface Line {
	month: string;
	role: string;
	what: string;
	result: string;
	/** 0 where there were a few only. */
	count: number;
}

/** linesOf puts actions of one kind together: a few beside many make no difference that is shown. */
export function linesOf(sums: readonly Sum[]): Line[] {
	const lines = new Map<string, Line>();
	for (const { month, role, action, result, count, few } of sums) {
		const what = actWords(action);
		const key = [month, role, what, result].join("|");
		const line = lines.get(key) ?? { month, role, what, result, count: 0 };
		lines.set(key, { ...line, count: line.count + (few ? 0 : (count ?? 0)) });
	}
	return [...lines.values()];
}
