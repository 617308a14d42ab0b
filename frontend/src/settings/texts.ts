import { api, type Intention, type LanguageCode } from "../lib/api/index.ts";
import type { paths } from "../lib/api/schema.gen.ts";

type List = paths["/api/texts"]["get"]["responses"]["200"]["content"]["application/json"];
/** One purpose: the text that is asked now, and the draft that may take its place. */
export type Sides = List["items"][number];
export type DraftText = NonNullable<Sides["draft"]>;
export type Wording = Sides["texts"];

export const textLanguages = ["ne", "en", "nb"] as const satisfies readonly LanguageCode[];

/** The most characters of a text in one language. */
export const longestText = 600;

export async function findSides(): Promise<Sides[]> {
	return (await api.get("/api/texts")).data.items;
}

export async function draftText(purpose: string, texts: Wording, intention: Intention): Promise<void> {
	await api.post("/api/texts", { body: { purpose, texts }, intention });
}

export async function changeText({ id, revision }: DraftText, texts: Wording): Promise<void> {
	await api.patch("/api/texts/{id}", { path: { id }, body: { texts }, version: `"${revision}"` });
}

/** releaseText puts the draft in force as it was read. */
export async function releaseText({ id, revision }: DraftText, intention: Intention): Promise<void> {
	await api.post("/api/texts/{id}/release", { path: { id }, body: { revision }, intention });
}

export async function dropText({ id }: DraftText, intention: Intention): Promise<void> {
	await api.post("/api/texts/{id}/drop", { path: { id }, body: {}, intention });
}

export async function recordText(
	{ id }: DraftText,
	language: LanguageCode,
	file: File,
	intention: Intention,
): Promise<void> {
	await api.post("/api/texts/{id}/recordings/{language}", { path: { id, language }, body: file, intention });
}

export async function unrecordText(
	{ id }: DraftText,
	language: LanguageCode,
	intention: Intention,
): Promise<void> {
	await api.post("/api/texts/{id}/recordings/{language}/remove", {
		path: { id, language },
		body: {},
		intention,
	});
}

/** draftHeardAt is where a draft's recording is; another one after each change. */
export function draftHeardAt({ id, revision }: DraftText, language: LanguageCode): string {
	return `/api/texts/${id}/recordings/${language}#${revision}`;
}
