import { type Answer, api, type GivenConsent, type Intention } from "../lib/api/index.ts";
import type { paths } from "../lib/api/schema.gen.ts";

type Given<F extends (...args: never[]) => Promise<Answer<unknown>>> = Awaited<ReturnType<F>>["data"];
const askShown = (cursor?: string) =>
	api.get("/api/stories", { query: { ...(cursor && { cursor }) }, open: true });
const askOwn = () => api.get("/api/me/stories");
const askWaiting = () => api.get("/api/stories/waiting");

/** What a woman gave for others to read. */
export type Shown = Given<typeof askShown>["items"][number];
/** One of her own, wherever it stands. */
export type Own = Given<typeof askOwn>["items"][number];
/** One that somebody must read before it shows. */
export type Waiting = Given<typeof askWaiting>["items"][number];
export type Telling = paths["/api/me/stories/{id}"]["patch"]["requestBody"]["content"]["application/json"];

export async function findShown(cursor?: string): Promise<Given<typeof askShown>> {
	return (await askShown(cursor)).data;
}

export async function findOwn(): Promise<Given<typeof askOwn>> {
	return (await askOwn()).data;
}

export async function findWaiting(): Promise<Waiting[]> {
	return (await askWaiting()).data.items;
}

export async function offer(telling: Telling, consent: GivenConsent, intention: Intention): Promise<void> {
	await api.post("/api/stories", { body: { ...telling, consent }, intention });
}

export async function change(was: Own, telling: Telling): Promise<Own> {
	const { data } = await api.patch("/api/me/stories/{id}", {
		path: { id: was.id },
		body: telling,
		version: `"${was.version}"`,
	});
	return data;
}

export async function withdraw(id: string, intention: Intention): Promise<void> {
	await api.post("/api/me/stories/{id}/withdraw", { path: { id }, body: {}, intention });
}

export async function setPicture(id: string, picture: File, intention: Intention): Promise<Own> {
	return (await api.post("/api/me/stories/{id}/picture", { path: { id }, body: picture, intention })).data;
}

export async function givePicture(id: string, consent: GivenConsent, intention: Intention): Promise<Own> {
	return (await api.post("/api/me/stories/{id}/picture/give", { path: { id }, body: { consent }, intention }))
		.data;
}

export async function removePicture(id: string, intention: Intention): Promise<Own> {
	return (await api.post("/api/me/stories/{id}/picture/remove", { path: { id }, body: {}, intention })).data;
}

export async function accept({ id, version }: Waiting, intention: Intention): Promise<void> {
	await api.post("/api/stories/{id}/accept", { path: { id }, body: { version }, intention });
}

export async function sendBack(id: string, note: string, intention: Intention): Promise<void> {
	await api.post("/api/stories/{id}/return", { path: { id }, body: { note }, intention });
}

/** pictureOf is where the picture that shows with a story is. */
export function pictureOf(id: string): string {
	return `/api/stories/${id}/picture`;
}

/**
 * pictureBefore is where the picture of a story is that is hers or that she reads
 * before it shows; a story that changed may have another one, so its version
 * makes it be fetched anew.
 */
export function pictureBefore({ id, version }: { id: string; version: number }): string {
	return `/api/me/pictures/${id}#${version}`;
}
