// The names that these pages use for what the server asks and answers.
import type {
	Grievance,
	GrievanceClosing,
	GrievanceItem,
	List,
	TalkSent as SentTalk,
	TalkThread,
} from "../lib/api/index.ts";

export type {
	GrievanceEntry as MatterEntry,
	OutsideWay,
	TalkEntry as ThreadEntry,
	TalkForm,
	TalkOffer as TalkCategory,
	TalkReader as Reader,
	TalkWords as Talk,
} from "../lib/api/index.ts";

/** Gregorian days: when it was sent, and the last one for each answer; an idea needs no decision. */
interface Days {
	sentOn: string;
	acknowledgeBy: string;
	decideBy: string | null;
	outcomeBy: string;
}

export type Category = GrievanceItem["category"];
export type State = GrievanceItem["state"];
export type Wishes = GrievanceClosing["wishes"];

/** What comes back when something was sent, once. */
export type TalkSent = Omit<SentTalk, keyof Days> & Omit<Days, "sentOn">;
/** A grievance as whoever holds its receipt sees it. */
export type Thread = Omit<TalkThread, keyof Days> & Days;

/** What is due next; a closed one has nothing. */
type Next = Omit<GrievanceItem["next"], "by"> & { by: string | null };
/** A grievance in the list of whoever handles it. */
export type MatterItem = Omit<GrievanceItem, keyof Days | "next"> & Days & { next: Next };
/** The same, opened. */
export type Matter = Omit<Grievance, keyof Days | "next"> & Days & { next: Next };
export type Matters = List<MatterItem>;
