import { clockInNepal, clockWords, dayWords } from "../../lib/calendar/index.ts";
import { m, number } from "../../lib/words/index.ts";

/** One opening as the server tells it: which role, on which day, and what was done. */
export interface Opening {
	role: string;
	day: string;
	at?: string;
	action: string;
	emergency?: boolean;
}

const who: Record<string, () => string> = {
	coordinator: m["own.who.coordinator"],
	peerSupporter: m["own.who.peer"],
	trainer: m["own.who.trainer"],
	focalPoint: m["own.who.focal"],
	deputy: m["own.who.deputy"],
	board: m["own.who.board"],
	administrator: m["own.who.admin"],
	host: m["own.who.host"],
};

type Sentence = (parts: { who: string; when: string }) => string;

const done: Record<string, Sentence> = {
	readMember: m["own.opened.page"],
	readContact: m["own.opened.contact"],
	listMembers: m["own.opened.list"],
	correctMember: m["own.opened.changed"],
	decideOnApplying: m["own.opened.answered"],
	takeExport: m["own.opened.export"],
	askYoung: (parts) => m["own.opened.young"]({ ...parts, age: number(18) }),
	readHandle: m["own.opened.handle"],
	letBackIn: m["own.opened.letBackIn"],
};

/** openingWords is one opening in a plain sentence. */
export function openingWords({ role, day, at, action, emergency }: Opening): string {
	const when = at ? `${dayWords(day)}, ${clockInNepal(at, clockWords)}` : dayWords(day);
	const say = emergency ? m["own.opened.emergency"] : (done[action] ?? m["own.opened.other"]);
	return say({ who: (who[role] ?? m["own.who.other"])(), when });
}
