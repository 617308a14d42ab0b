import { type Answer, api, type GivenConsent, type Intention, type List } from "../lib/api/index.ts";
import type { Hours, Offer, Session, Week } from "./types.ts";

// The client knows these addresses only once they are in the API document.
interface Asking {
	get<T>(address: string, where?: { query?: Record<string, unknown> }): Promise<Answer<T>>;
	post<T>(
		address: string,
		what: { path?: Record<string, string>; body: unknown; intention?: Intention },
	): Promise<Answer<T>>;
	patch<T>(address: string, what: { body: unknown; version: string | null }): Promise<Answer<T>>;
}
const server = api as unknown as Asking;

/** findOffer asks for the times of the coming two weeks, with one supporter or with anyone. */
export async function findOffer(supporter: string | null): Promise<Offer> {
	const query = supporter ? { supporter } : {};
	return (await server.get<Offer>("/api/support/slots", { query })).data;
}

/** findComing lists her meetings from today on, the soonest first. */
export async function findComing(): Promise<Session[]> {
	return (await server.get<List<Session>>("/api/support/sessions", { query: { limit: 100 } })).data.items;
}

/** findPast lists her meetings that were, the latest first. */
export async function findPast(cursor?: string): Promise<List<Session>> {
	const query = { past: true, limit: 10, ...(cursor && { cursor }) };
	return (await server.get<List<Session>>("/api/support/sessions", { query })).data;
}

export interface Wish {
	start: string;
	supporter?: string;
	consents?: GivenConsent[];
}

/** book takes a time, once per intention. */
export async function book(wish: Wish, intention: Intention): Promise<Session> {
	return (await server.post<Session>("/api/support/sessions", { body: wish, intention })).data;
}

/** cancel gives a meeting up; doing it twice is as doing it once. */
export async function cancel(id: string, intention: Intention): Promise<Session> {
	const what = { path: { id }, body: {}, intention };
	return (await server.post<Session>("/api/support/sessions/{id}/cancel", what)).data;
}

/** findHours asks for a supporter's own week. */
export function findHours(): Promise<Answer<Hours>> {
	return server.get<Hours>("/api/support/hours");
}

export type HoursChange = Omit<Hours, "agreed"> & { consents?: GivenConsent[] };

/** keepHours changes one version of her week. */
export function keepHours(change: HoursChange, version: string | null): Promise<Answer<Hours>> {
	return server.patch<Hours>("/api/support/hours", { body: change, version });
}

/** findWeek asks for the meetings of a week from a day on; without one, of this week. */
export async function findWeek(from?: string): Promise<Week> {
	return (await server.get<Week>("/api/support/week", { query: from ? { from } : {} })).data;
}
