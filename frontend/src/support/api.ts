import { type Answer, api, type Intention, type List } from "../lib/api/index.ts";
import type { Hours, HoursChange, Offer, Session, Week, Wish } from "./types.ts";

/** findOffer asks for the times of the coming two weeks, with one supporter or with anyone. */
export async function findOffer(supporter: string | null): Promise<Offer> {
	return (await api.get("/api/support/slots", { query: supporter ? { supporter } : {} })).data;
}

/** findComing lists her meetings from today on, the soonest first. */
export async function findComing(): Promise<Session[]> {
	return (await api.get("/api/support/sessions", { query: { limit: 100 } })).data.items;
}

/** findPast lists her meetings that were, the latest first. */
export async function findPast(cursor?: string): Promise<List<Session>> {
	const query = { past: true, limit: 10, ...(cursor && { cursor }) };
	return (await api.get("/api/support/sessions", { query })).data;
}

/** book takes a time, once per intention. */
export async function book(wish: Wish, intention: Intention): Promise<Session> {
	return (await api.post("/api/support/sessions", { body: wish, intention })).data;
}

/** cancel gives a meeting up; doing it twice is as doing it once. */
export async function cancel(id: string, intention: Intention): Promise<Session> {
	return (await api.post("/api/support/sessions/{id}/cancel", { path: { id }, body: {}, intention })).data;
}

/** findHours asks for a supporter's own week. */
export function findHours(): Promise<Answer<Hours>> {
	return api.get("/api/support/hours");
}

/** keepHours changes one version of her week. */
export function keepHours(change: HoursChange, version: string | null): Promise<Answer<Hours>> {
	return api.patch("/api/support/hours", { body: change, version });
}

/** findWeek asks for the meetings of a week from a day on. */
export async function findWeek(from: string): Promise<Week> {
	return (await api.get("/api/support/week", { query: { from } })).data;
}
