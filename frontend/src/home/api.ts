import { api, type Enrolment, type Me } from "../lib/api/index.ts";

export async function findMe(): Promise<Me> {
	return (await api.get("/api/me")).data;
}

/** findPlaces lists her places in training, and the lines she waits in. */
export async function findPlaces(): Promise<Enrolment[]> {
	return (await api.get("/api/enrolments")).data.items;
}
