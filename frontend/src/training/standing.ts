import type { Course, Enrolment, IntakeCard } from "./types.ts";

/** What an intake is to her now. */
export type Way =
	/** She has a place in it or waits in line. */
	| "mine"
	/** She is in another intake of the course; one at a time. */
	| "elsewhere"
	| "soon"
	| "apply"
	| "wait"
	| "closed"
	| "cancelled";

/** isLive tells whether an enrolment holds a seat or a place in line. */
export function isLive(enrolment: Pick<Enrolment, "state"> | null | undefined): boolean {
	return enrolment?.state === "enrolled" || enrolment?.state === "waiting";
}

const goesOn = (intake: IntakeCard) => intake.state !== "cancelled" && intake.state !== "finished";

/** wayOf tells what she can do about an intake of a course. */
export function wayOf(intake: IntakeCard, course: Pick<Course, "intakes">): Way {
	if (intake.state === "cancelled") return "cancelled";
	if (isLive(intake.mine)) return "mine";
	if (course.intakes.some((other) => other.id !== intake.id && goesOn(other) && isLive(other.mine))) {
		return "elsewhere";
	}
	if (intake.state === "planned") return "soon";
	if (intake.state === "open") return intake.left > 0 ? "apply" : "wait";
	return "closed";
}

/** What a member's page holds: the courses with their intakes, and her own enrolments, newest first. */
export interface Learning {
	courses: Course[];
	enrolments: Enrolment[];
}

/** A place of hers with the intake it is in, where that is still shown. */
export interface Place {
	enrolment: Enrolment;
	intake: IntakeCard | null;
}

/** placesOf parts her enrolments into those that are to come or go on, and those that are over. */
export function placesOf({ courses, enrolments }: Learning, today: string): { now: Place[]; over: Place[] } {
	const intakes = new Map(courses.flatMap((course) => course.intakes.map((one) => [one.id, one] as const)));
	const places = enrolments.map((enrolment) => ({
		enrolment,
		intake: intakes.get(enrolment.intake) ?? null,
	}));
	const cancelled = ({ intake }: Place) => intake?.state === "cancelled";
	const isNow = (place: Place) =>
		isLive(place.enrolment) && place.enrolment.ends >= today && !cancelled(place);
	// A cancelled intake stays in sight until it would have ended: she may not know yet.
	const toTell = (place: Place) => cancelled(place) && place.enrolment.ends >= today;
	return {
		now: [...places.filter(isNow), ...places.filter(toTell)],
		over: places.filter((place) => !isNow(place) && !toTell(place)),
	};
}

/** withEnrolment puts an enrolment that has just been made or left into what the page holds. */
export function withEnrolment({ courses, enrolments }: Learning, now: Enrolment): Learning {
	const seat = (enrolment: Enrolment | null | undefined) => (enrolment?.state === "enrolled" ? 1 : 0);
	const inLine = (enrolment: Enrolment | null | undefined) => (enrolment?.state === "waiting" ? 1 : 0);
	const replaced = (intake: IntakeCard): IntakeCard =>
		intake.id !== now.intake
			? intake
			: {
					...intake,
					mine: now,
					left: Math.max(0, intake.left + seat(intake.mine) - seat(now)),
					waiting: Math.max(0, intake.waiting - inLine(intake.mine) + inLine(now)),
				};
	return {
		courses: courses.map((course) => ({ ...course, intakes: course.intakes.map(replaced) })),
		enrolments: [now, ...enrolments.filter((one) => one.id !== now.id)],
	};
}
