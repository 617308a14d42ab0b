import { api, type Intention } from "../lib/api/index.ts";
import type { Matter, Matters, Talk, TalkForm, TalkSent, Thread, Wishes } from "./types.ts";

// What anyone may do goes without her cookie, so that not even the server can
// tell who speaks.
const open = true;

/** A form to fill in: who reads what, and the token that it is sent with. */
export async function findForm(): Promise<TalkForm> {
	return (await api.get("/api/talk", { open })).data;
}

export async function sendTalk(body: Talk): Promise<TalkSent> {
	return (await api.post("/api/talk", { body, open })).data;
}

/** What is new for the holder of a receipt; with `earlier` all that was said. */
export async function openThread(receipt: string, earlier = false): Promise<Thread> {
	return (await api.post("/api/talk/open", { body: { receipt, earlier }, open })).data;
}

/** Sends more words; the same `replyKey` makes a second sending the same words. */
export async function replyTo(receipt: string, text: string, replyKey: string): Promise<Thread> {
	return (await api.post("/api/talk/reply", { body: { receipt, text, replyKey }, open })).data;
}

/** Deletes the answers for good. */
export async function forgetAnswers(receipt: string): Promise<Thread> {
	return (await api.post("/api/talk/forget", { body: { receipt }, open })).data;
}

/** What lies in her hands, the soonest due first. */
export async function findMatters(cursor?: string): Promise<Matters> {
	return (await api.get("/api/grievances", { query: cursor ? { cursor } : {} })).data as Matters;
}

export async function findMatter(id: string): Promise<Matter> {
	return (await api.get("/api/grievances/{id}", { path: { id } })).data;
}

export async function answer(
	id: string,
	text: string,
	decision: boolean,
	intention: Intention,
): Promise<Matter> {
	const body = { text, decision };
	return (await api.post("/api/grievances/{id}/reply", { path: { id }, body, intention })).data;
}

export async function addNote(id: string, text: string, intention: Intention): Promise<Matter> {
	return (await api.post("/api/grievances/{id}/note", { path: { id }, body: { text }, intention })).data;
}

/** Hands it to the next one who is free; afterwards it is not hers to see. */
export async function passOn(id: string, why: "conflict" | "not_mine", intention: Intention): Promise<void> {
	await api.post("/api/grievances/{id}/pass-on", { path: { id }, body: { why }, intention });
}

export async function close(
	id: string,
	outcome: string,
	wishes: Wishes,
	intention: Intention,
): Promise<Matter> {
	const body = { outcome, wishes, told: true as const };
	return (await api.post("/api/grievances/{id}/close", { path: { id }, body, intention })).data;
}
