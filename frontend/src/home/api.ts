import { api, type Me } from "../lib/api/index.ts";
import type { CourseRef } from "../training/index.ts";

export async function findMe(): Promise<Me> {
	return (await api.get("/api/me")).data;
}

/** One of her places in training, as far as this page tells of it. */
export interface Place {
	id: string;
	course: CourseRef;
	state: "enrolled" | "waiting" | "withdrawn";
	position: number | null;
	movedUp: string | null;
	begins: string;
	ends: string;
}

export async function findPlaces(): Promise<Place[]> {
	return (await api.get("/api/enrolments")).data.items;
}
