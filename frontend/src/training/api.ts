import { type Answer, api, type Intention, type List } from "../lib/api/index.ts";
import type { Learning } from "./standing.ts";
import type {
	Course,
	Enrolment,
	Intake,
	IntakeRow,
	IntakeState,
	Need,
	NewCourse,
	NewIntake,
	Trainer,
} from "./types.ts";

/** The courses with the intakes that she can see, and her own enrolments. */
export async function findLearning(): Promise<Learning> {
	const [courses, enrolments] = await Promise.all([
		findCourses(),
		api.get("/api/enrolments").then(({ data }) => data.items as Enrolment[]),
	]);
	return { courses, enrolments };
}

export async function findCourses(): Promise<Course[]> {
	return (await api.get("/api/courses")).data.items as Course[];
}

/** Whom a coordinator can ask to teach. */
export async function findTrainers(): Promise<Trainer[]> {
	return (await api.get("/api/trainers")).data.items;
}

export async function apply(
	intake: string,
	needs: Need[],
	note: string,
	intention: Intention,
): Promise<Enrolment> {
	const body = note ? { needs, note } : { needs };
	const path = { id: intake };
	return (await api.post("/api/intakes/{id}/apply", { path, body, intention })).data as Enrolment;
}

export async function withdraw(enrolment: string, intention: Intention): Promise<Enrolment> {
	const path = { id: enrolment };
	return (await api.post("/api/enrolments/{id}/withdraw", { path, body: {}, intention })).data as Enrolment;
}

export async function findIntakes(state: IntakeState | "", cursor?: string): Promise<List<IntakeRow>> {
	const query = { limit: 100, ...(state && { state }), ...(cursor && { cursor }) };
	return (await api.get("/api/intakes", { query })).data;
}

export function findIntake(id: string): Promise<Answer<Intake>> {
	return api.get("/api/intakes/{id}", { path: { id } }) as Promise<Answer<Intake>>;
}

export function changeIntake(
	id: string,
	change: { seats?: number; cancelled?: true },
	version: string | null,
): Promise<Answer<Intake>> {
	return api.patch("/api/intakes/{id}", { path: { id }, body: change, version }) as Promise<Answer<Intake>>;
}

export async function addCourse(course: NewCourse, intention: Intention): Promise<Course> {
	return (await api.post("/api/courses", { body: course, intention })).data as Course;
}

export async function addIntake(course: string, intake: NewIntake, intention: Intention): Promise<Intake> {
	const path = { id: course };
	return (await api.post("/api/courses/{id}/intakes", { path, body: intake, intention })).data as Intake;
}
