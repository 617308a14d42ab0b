import { type Answer, api, type Intention } from "../../lib/api/index.ts";
import type { paths } from "../../lib/api/schema.gen.ts";

type Given<F extends (...args: never[]) => Promise<Answer<unknown>>> = Awaited<ReturnType<F>>["data"];

/** What she writes to choose new words: her name, a code, and the words. */
export type Returning = paths["/api/recovery"]["post"]["requestBody"]["content"]["application/json"];

const ask = () => api.get("/api/me/recovery");
/** How she can come back, and the version that a change must name. */
export type Ways = Answer<Given<typeof ask>>;

export const findWays: () => Promise<Ways> = ask;

/** comeBack puts new words in the place of those that are lost; what she has open anywhere ends. */
export async function comeBack(returning: Returning): Promise<void> {
	await api.post("/api/recovery", { body: returning });
}

/** makeCode gives one code for her paper, once, in the place of the one before. */
export async function makeCode(intention: Intention): Promise<string> {
	return (await api.post("/api/me/recovery-code", { body: {}, intention })).data.code;
}

/** letStaff says whether two people who work here may help her in again. */
export function letStaff(byStaff: boolean, version: string | null): Promise<Ways> {
	return api.patch("/api/me/recovery", { body: { byStaff }, version });
}

/** openHeld opens with the code of her paper what is closed since she was let in again. */
export async function openHeld(code: string, intention: Intention): Promise<void> {
	await api.post("/api/me/recovery/open", { body: { code }, intention });
}
