import { type Answer, api, type Intention, type List } from "../lib/api/index.ts";

type Given<F extends (...args: never[]) => Promise<Answer<unknown>>> = Awaited<ReturnType<F>>["data"];

const askResult = (id: string) => api.get("/api/results/{id}", { path: { id } });
const askResults = (cursor?: string) => api.get("/api/results", { query: cursor ? { cursor } : {} });
const askDraft = (quarter: string) => api.get("/api/releases/draft", { query: { quarter } });

/** What an organisation has released, as a supporting body holds it. */
export type Result = Given<typeof askResult>;
export type ResultRow = Given<typeof askResults>["items"][number];
/** Figures in the organisation they are of: looked at, drafted or released. */
export type Release = Given<typeof askDraft>;
/** What both have: tables that passed disclosure control. */
export type Figures = Omit<Result, "id" | "draftedOn" | "releasedOn">;
export type Table = Figures["tables"][number];
export type Row = Table["rows"][number];
export type Cell = Row["cell"];
export type Share = Figures["percentages"][number];

export async function readResult(id: string): Promise<Result> {
	return (await askResult(id)).data;
}

export async function findResults(cursor?: string): Promise<List<ResultRow>> {
	return (await askResults(cursor)).data;
}

/** The figures of a quarter as they would be drafted, or as they were. */
export async function lookAt(quarter: string): Promise<Release> {
	return (await askDraft(quarter)).data;
}

export async function findReleases(cursor?: string): Promise<List<Release>> {
	return (await api.get("/api/releases", { query: cursor ? { cursor } : {} })).data;
}

export async function draft(quarter: string, intention: Intention): Promise<Release> {
	return (await api.post("/api/releases", { body: { quarter }, intention })).data;
}

export async function release(id: string, intention: Intention): Promise<Release> {
	return (await api.post("/api/releases/{id}/release", { path: { id }, body: {}, intention })).data;
}
