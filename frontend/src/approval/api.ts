import { type Answer, api, type Intention, type List } from "../lib/api/index.ts";
import type { paths } from "../lib/api/schema.gen.ts";
import { language } from "../lib/words/index.ts";

type Given<F extends (...args: never[]) => Promise<Answer<unknown>>> = Awaited<ReturnType<F>>["data"];
const askRequests = (state: Standing, cursor?: string) =>
	api.get("/api/requests", { query: cursor ? { state, cursor } : { state } });
const askRecord = (id: string) => api.get("/api/emergencies/{id}", { path: { id } });

export type Standing = "waiting" | "decided";
/** What one asks for and another decides on. */
export type Asked = Given<typeof askRequests>["items"][number];
export type Kind = Asked["kind"];
export type Asking = paths["/api/requests"]["post"]["requestBody"]["content"]["application/json"];
/** A record that two people opened for a time. */
export type OpenedRecord = Given<typeof askRecord>;

export async function findRequests(state: Standing, cursor?: string): Promise<List<Asked>> {
	return (await askRequests(state, cursor)).data;
}

export async function send(asking: Asking, intention: Intention): Promise<Asked> {
	return (await api.post("/api/requests", { body: asking, intention })).data;
}

/** askToReturn asks another to agree that somebody is let in again, by the name she signs in with. */
export async function askToReturn(handle: string, intention: Intention): Promise<void> {
	await api.post("/api/recoveries", { body: { handle }, intention });
}

/** What two people hand over, shown with the decision alone: a code, and the instant until which it opens anything. */
export type HandOver = NonNullable<Asked["handOver"]>;
export type Decision = "approve" | "refuse" | "withdraw";

export async function decide(id: string, how: Decision, intention: Intention): Promise<Asked> {
	const what = { path: { id }, body: {}, intention };
	switch (how) {
		case "approve":
			return (await api.post("/api/requests/{id}/approve", what)).data;
		case "refuse":
			return (await api.post("/api/requests/{id}/refuse", what)).data;
		case "withdraw":
			return (await api.post("/api/requests/{id}/withdraw", what)).data;
	}
}

export async function readRecord(id: string): Promise<OpenedRecord> {
	return (await askRecord(id)).data;
}

export function takeList(id: string): Promise<Blob> {
	return api.take("/api/exports/{id}/file", { path: { id }, query: { language: language.peek() } });
}

export async function closeAccount(handle: string, reason: string, intention: Intention): Promise<void> {
	await api.post("/api/accounts/close", { body: { handle, reason }, intention });
}

/** wasErased tells whether somebody of a list had herself erased here, by her name with her phone or her year of birth. */
export async function wasErased(
	name: string,
	phone: string,
	year: number,
	intention: Intention,
): Promise<boolean> {
	const body = { name, ...(phone && { phone }), ...(year && { year }) };
	return (await api.post("/api/register-rows/look", { body, intention })).data.erased;
}
