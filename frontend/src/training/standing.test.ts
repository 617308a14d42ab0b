import { describe, expect, it } from "vitest";
import { placesOf, wayOf, withEnrolment } from "./standing.ts";
import type { Course, Enrolment, EnrolmentState, IntakeCard } from "./types.ts";

const ref = { id: "crs_1", name: { ne: "सिलाइ" }, picture: "sewing" as const };
const days = { opens: "2026-11-01", closes: "2026-11-30", begins: "2026-12-10", ends: "2027-02-10" };

function intake(change: Partial<IntakeCard> = {}): IntakeCard {
	const base = { id: "int_1", group: null, times: [], seats: 2, left: 1, waiting: 0, state: "open" as const };
	return { ...base, ...days, mine: null, ...change };
}

function enrolment(state: EnrolmentState, change: Partial<Enrolment> = {}): Enrolment {
	const base = { id: "enr_1", intake: "int_1", course: ref, position: null, movedUp: null };
	return { ...base, state, needs: [], note: null, damaged: false, times: [], ...days, ...change };
}

describe("what she can do about an intake", () => {
	const alone = (one: IntakeCard) => wayOf(one, { intakes: [one] });

	it.each([
		[intake(), "apply"],
		[intake({ left: 0, waiting: 3 }), "wait"],
		[intake({ state: "planned" }), "soon"],
		[intake({ state: "closed" }), "closed"],
		[intake({ state: "running", left: 1 }), "closed"],
		[intake({ state: "cancelled", mine: enrolment("withdrawn") }), "cancelled"],
		[intake({ mine: enrolment("waiting", { position: 1 }) }), "mine"],
		[intake({ mine: enrolment("withdrawn") }), "apply"],
	] as const)("%# is %s", (one, way) => {
		expect(alone(one)).toBe(way);
	});

	it("is nothing while she is in another intake of the course that goes on", () => {
		const other = intake({ id: "int_2", mine: enrolment("enrolled") });
		expect(wayOf(intake(), { intakes: [intake(), other] })).toBe("elsewhere");
		expect(wayOf(intake(), { intakes: [intake(), { ...other, state: "finished" }] })).toBe("apply");
	});
});

describe("her places", () => {
	const course = (one: IntakeCard): Course => ({ ...ref, about: {}, intakes: [one] });

	it("are those that go on; what she left or what is over lies apart", () => {
		const over = enrolment("enrolled", { id: "enr_3", intake: "int_9", ends: "2026-10-01" });
		const { now, over: past } = placesOf(
			{ courses: [course(intake())], enrolments: [enrolment("enrolled"), over, enrolment("withdrawn")] },
			"2026-11-27",
		);
		expect(now.map((place) => place.enrolment.id)).toEqual(["enr_1"]);
		expect(past.map((place) => place.enrolment.state)).toEqual(["enrolled", "withdrawn"]);
	});

	it("keep a cancelled intake in sight, so that nobody comes to a closed door", () => {
		const held = { courses: [course(intake({ state: "cancelled" }))], enrolments: [enrolment("withdrawn")] };
		expect(placesOf(held, "2026-11-27").now).toHaveLength(1);
		expect(placesOf(held, "2027-03-01").now).toHaveLength(0);
	});

	it("are right at once after she applied, waits or left", () => {
		const before = { courses: [course(intake())], enrolments: [] };
		const applied = withEnrolment(before, enrolment("enrolled"));
		expect(applied.courses[0]?.intakes[0]).toMatchObject({
			left: 0,
			waiting: 0,
			mine: { state: "enrolled" },
		});
		expect(applied.enrolments).toHaveLength(1);
		const left = withEnrolment(applied, enrolment("withdrawn"));
		expect(left.courses[0]?.intakes[0]).toMatchObject({ left: 1, waiting: 0 });
		expect(left.enrolments).toHaveLength(1);
		const waits = withEnrolment(
			{ courses: [course(intake({ left: 0, waiting: 3 }))], enrolments: [] },
			enrolment("waiting", { position: 4 }),
		);
		expect(waits.courses[0]?.intakes[0]).toMatchObject({ left: 0, waiting: 4 });
	});
});
