// What training says over the wire, named more narrowly than the document can:
// needs are words of which only a few exist.
import type * as api from "../lib/api/index.ts";

export type { CourseRef, NewCourse, NewIntake, Trainer } from "../lib/api/index.ts";

export type Picture = api.CourseRef["picture"];
export type Need = "childcare" | "travel" | "safe_route" | "companion";
export type IntakeState = api.IntakeCard["state"];
export type EnrolmentState = api.Enrolment["state"];
/** A time of every week: 0 is Sunday; "07:00" in Nepal. */
export type WeeklyTime = api.ClassTime;

export type Enrolment = Omit<api.Enrolment, "needs"> & { needs: Need[] };
export type IntakeCard = Omit<api.IntakeCard, "mine"> & { mine: Enrolment | null };
export type Course = Omit<api.Course, "intakes"> & { intakes: IntakeCard[] };

/** Somebody with a place or in line, as those see her who run the intake. */
export type Enrolled = Omit<api.IntakePerson, "needs"> & { needs: Need[] };
export type IntakeRow = Omit<api.IntakeRow, "mine">;
export type Intake = IntakeRow & { people: Enrolled[] };
