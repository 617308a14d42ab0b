// The shapes of what is said about grievances.
import type { List } from "../lib/api/index.ts";

export type Category =
	| "danger"
	| "harm"
	| "retaliation"
	| "privacy"
	| "money"
	| "discrimination"
	| "service"
	| "idea";
export type State = "received" | "reading" | "decided" | "closed";
export type ReaderRole = "coordinator" | "focalPoint" | "deputy" | "board";
export type Wishes = "met" | "partly" | "not_met" | "not_given";

export interface Reader {
	id: string;
	name: string;
	role: ReaderRole;
}

/** One kind of thing to speak up about: days until each answer, and who reads in which order. */
export interface TalkCategory {
	key: Category;
	acknowledge: number;
	decision: number | null;
	outcome: number;
	readers: Reader[];
}

export interface OutsideWay {
	key: "donor" | "chs" | "women" | "child" | "police";
	number?: string;
}

export interface TalkForm {
	token: string;
	waitSeconds: number;
	categories: TalkCategory[];
	outside: OutsideWay[];
}

export interface Talk {
	token: string;
	category: Category;
	text: string;
	about?: string[];
	described?: boolean;
	name?: string;
	earlier?: string;
	language: "ne" | "en" | "nb";
}

/** What comes back, once. */
export interface TalkSent {
	receipt: string;
	acknowledgeBy: string;
	decideBy: string | null;
	outcomeBy: string;
	readers: Reader[];
}

export interface ThreadEntry {
	id: string;
	by: "sender" | "reader";
	on: string;
	text: string;
	decision: boolean;
}

/** A grievance as whoever holds its receipt sees it. */
export interface Thread {
	category: Category;
	state: State;
	sentOn: string;
	acknowledgeBy: string;
	decideBy: string | null;
	outcomeBy: string;
	acknowledged: boolean;
	entries: ThreadEntry[];
	/** Earlier ones are not shown. */
	more: boolean;
}

export interface MatterItem {
	id: string;
	category: Category;
	state: State;
	sentOn: string;
	acknowledgeBy: string;
	decideBy: string | null;
	outcomeBy: string;
	next: {
		step: "acknowledge" | "decide" | "outcome" | null;
		by: string | null;
		daysLeft: number | null;
		late: boolean;
	};
	held: boolean;
	anonymous: boolean;
	unread: boolean;
}

export interface MatterEntry {
	id: string;
	by: "sender" | "reader" | "note" | "move";
	who: string | null;
	on: string;
	text: string;
	decision: boolean;
}

/** A grievance as whoever handles it sees it. */
export interface Matter extends MatterItem {
	text: string;
	name: string | null;
	entries: MatterEntry[];
	readers: { name: string; role: ReaderRole; me: boolean }[];
	linked: boolean;
	outcome: string | null;
	wishes: Wishes | null;
}

export type Matters = List<MatterItem>;
