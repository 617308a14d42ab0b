import { type Answer, api, type Intention } from "../lib/api/index.ts";
import type { paths } from "../lib/api/schema.gen.ts";

type Given<F extends (...args: never[]) => Promise<Answer<unknown>>> = Awaited<ReturnType<F>>["data"];
const ask = (of: "others" | null, cursor?: string) =>
	api.get("/api/conflicts", { query: { ...(of && { of }), ...(cursor && { cursor }) } });

/** What somebody on staff has said of whom she is close to. */
export type Declarations = Given<typeof ask>;
export type Declaration = Declarations["items"][number];
export type Declaring = paths["/api/conflicts"]["post"]["requestBody"]["content"]["application/json"];

export async function findOwn(cursor?: string): Promise<Declarations> {
	return (await ask(null, cursor)).data;
}

export async function findOthers(cursor?: string): Promise<Declarations> {
	return (await ask("others", cursor)).data;
}

export async function declare(declaring: Declaring, intention: Intention): Promise<void> {
	await api.post("/api/conflicts", { body: declaring, intention });
}

/** A reader is somebody who is named to everybody as reading what people say. */
export interface Reader {
	id: string;
	name: string;
	role: string;
}

/** findReaders are those whom one may choose; they are asked for without her cookie, as anybody may. */
export async function findReaders(): Promise<Reader[]> {
	const form = (await api.get("/api/talk", { open: true })).data;
	const found = new Map<string, Reader>();
	for (const { readers } of form.categories) {
		for (const { id, name, role } of readers) {
			if (id && role !== "coordinator") found.set(id, { id, name, role });
		}
	}
	return [...found.values()];
}

/** sayNone notes that there is nobody, with the day. */
export async function sayNone(intention: Intention): Promise<void> {
	await api.post("/api/conflicts/none", { body: {}, intention });
}

export async function end(id: string, intention: Intention): Promise<Declaration> {
	return (await api.post("/api/conflicts/{id}/end", { path: { id }, body: {}, intention })).data;
}

/** dismiss ends one that has no ground; who said it reads the reason. */
export async function dismiss(id: string, reason: string, intention: Intention): Promise<Declaration> {
	return (await api.post("/api/conflicts/{id}/dismiss", { path: { id }, body: { reason }, intention })).data;
}

export async function settle(id: string, handle: string, intention: Intention): Promise<Declaration> {
	return (await api.post("/api/conflicts/{id}/settle", { path: { id }, body: { handle }, intention })).data;
}
