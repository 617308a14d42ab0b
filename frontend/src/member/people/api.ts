import {
	type Answer,
	api,
	type Birth,
	type DeclineReason,
	type GroupOfMine,
	type Intention,
	type List,
	type Member,
	type MemberItem,
	type MembershipState,
} from "../../lib/api/index.ts";
import { compareWritten } from "../../lib/calendar/order.ts";

export type { Member as Person, MemberItem as PersonItem } from "../../lib/api/index.ts";
export type PersonAnswer = Answer<Member>;

/** What the list is asked for. */
export interface Asked {
	q: string;
	group: string;
	state: MembershipState | "";
}

/** What a coordinator changes of somebody carried over; what is left out stays. */
export interface Correction {
	name?: string;
	phone?: string;
	birth?: Birth;
	group?: string;
}

export async function findPeople({ q, group, state }: Asked, cursor?: string): Promise<List<MemberItem>> {
	const query = { q: q.trim(), group, ...(state && { state }), ...(cursor && { cursor }) };
	return (await api.get("/api/members", { query })).data;
}

/** The applications that wait, the oldest first; the first hundred of them. */
export async function findApplicants(): Promise<MemberItem[]> {
	const { data } = await api.get("/api/members", { query: { state: "applied", limit: 100 } });
	return data.items.sort((a, b) => compareWritten(a.since, b.since));
}

export async function findPerson(id: string): Promise<PersonAnswer> {
	return api.get("/api/members/{id}", { path: { id } });
}

/** The groups that are hers to look after, parents before children. */
export async function findGroups(): Promise<GroupOfMine[]> {
	return (await api.get("/api/desk")).data.groups;
}

export async function approve(id: string, group: string | null, intention: Intention): Promise<PersonAnswer> {
	const body = group ? { group } : {};
	return api.post("/api/members/{id}/approve", { path: { id }, body, intention });
}

export async function decline(
	id: string,
	reason: DeclineReason,
	words: string,
	intention: Intention,
): Promise<PersonAnswer> {
	const body = words ? { reason, words } : { reason };
	return api.post("/api/members/{id}/decline", { path: { id }, body, intention });
}

/** handleOf tells the name she signs in with, for whoever sits beside her; that it was looked at is written down. */
export async function handleOf(id: string): Promise<string> {
	return (await api.get("/api/members/{id}/handle", { path: { id } })).data.handle;
}

/** askToReturn asks another to agree that she is let in again, whatever became of her words. */
export async function askToReturn(id: string, intention: Intention): Promise<void> {
	await api.post("/api/recoveries", { body: { person: id }, intention });
}

export async function correct(id: string, change: Correction, version: string | null): Promise<PersonAnswer> {
	return api.patch("/api/members/{id}", { path: { id }, body: change, version });
}
