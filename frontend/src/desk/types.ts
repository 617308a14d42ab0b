import type { Desk as Waiting } from "../lib/api/index.ts";
import type { Localised } from "../lib/words/index.ts";
import type { CourseRef } from "../training/index.ts";

/** A one-to-one meeting of today, with the names that the two agreed to show. */
export interface DeskSession {
	id: string;
	start: string;
	end: string;
	state: "booked" | "cancelled";
	member: string | null;
	supporter: string | null;
	group: { id: string; name: Localised };
}
/** Somebody who got a place from the line in the last days. */
export interface MovedUp {
	enrolment: string;
	intake: string;
	course: CourseRef;
	name: string | null;
	on: string;
}
export interface SeatsOpen {
	intake: string;
	course: CourseRef;
	left: number;
	closes: string;
}
export interface NextMatter {
	id: string;
	step: "acknowledge" | "decide" | "outcome" | null;
	by: string | null;
	daysLeft: number | null;
}
export interface DeskMatters {
	mine: number;
	late: number;
	next: NextMatter | null;
}
export interface Desk extends Waiting {
	sessions: DeskSession[];
	movedUp: MovedUp[];
	seatsOpen: SeatsOpen[];
	grievances: DeskMatters;
}
