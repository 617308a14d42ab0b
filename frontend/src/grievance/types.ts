// The names that these pages use for what the server asks and answers.
import type { Grievance, GrievanceClosing, GrievanceItem, List } from "../lib/api/index.ts";

export type {
	Grievance as Matter,
	GrievanceEntry as MatterEntry,
	GrievanceItem as MatterItem,
	OutsideWay,
	TalkEntry as ThreadEntry,
	TalkForm,
	TalkOffer as TalkCategory,
	TalkReader as Reader,
	TalkSent,
	TalkThread as Thread,
	TalkWords as Talk,
} from "../lib/api/index.ts";

export type Category = GrievanceItem["category"];
export type State = Grievance["state"];
export type Wishes = GrievanceClosing["wishes"];
export type Matters = List<GrievanceItem>;
