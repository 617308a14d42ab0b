// What training says and asks over the wire.
import type { GroupName } from "../lib/api/index.ts";
import type { Localised } from "../lib/words/index.ts";

export type Picture =
	| "sewing"
	| "phone"
	| "food"
	| "computer"
	| "farming"
	| "beauty"
	| "reading"
	| "driving"
	| "other";
export type Need = "childcare" | "travel" | "safe_route" | "companion";
export type IntakeState = "planned" | "open" | "closed" | "running" | "finished" | "cancelled";
export type EnrolmentState = "enrolled" | "waiting" | "withdrawn";

/** A time of every week: 0 is Sunday; "07:00" in Nepal. */
export interface WeeklyTime {
	weekday: number;
	from: string;
	to: string;
}
export interface CourseRef {
	id: string;
	name: Localised;
	picture: Picture;
}
export interface Enrolment {
	id: string;
	intake: string;
	course: CourseRef;
	state: EnrolmentState;
	position: number | null;
	movedUp: string | null;
	needs: Need[];
	note: string | null;
	begins: string;
	ends: string;
	times: WeeklyTime[];
}
export interface IntakeCard {
	id: string;
	group: Pick<GroupName, "id" | "name"> | null;
	begins: string;
	ends: string;
	opens: string;
	closes: string;
	times: WeeklyTime[];
	seats: number;
	left: number;
	waiting: number;
	state: IntakeState;
	mine: Enrolment | null;
}
export interface Course extends CourseRef {
	about: Localised;
	intakes: IntakeCard[];
}
export interface IntakeRow extends IntakeCard {
	course: CourseRef;
	enrolled: number;
	trainer: string | null;
	mayChange: boolean;
}
export interface Enrolled {
	enrolment: string;
	name: string | null;
	state: EnrolmentState;
	position: number | null;
	movedUp: string | null;
	needs: Need[];
	note: string | null;
	group: Pick<GroupName, "id" | "name">;
}
export interface Intake extends IntakeRow {
	people: Enrolled[];
}
export interface NewCourse {
	name: Localised;
	about: Localised;
	picture: Picture;
}
export interface NewIntake {
	group?: string;
	seats: number;
	opens: string;
	closes: string;
	begins: string;
	ends: string;
	times: WeeklyTime[];
}
