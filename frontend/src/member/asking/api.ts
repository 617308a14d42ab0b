import {
	type AskAnswers,
	type AskOutcome,
	api,
	type CarriedItem,
	type Intention,
	type List,
} from "../../lib/api/index.ts";

export type { CarriedItem } from "../../lib/api/index.ts";

export async function findToAsk(cursor?: string): Promise<List<CarriedItem>> {
	return (await api.get("/api/carried", { query: { limit: 100, ...(cursor && { cursor }) } })).data;
}

/** writeDown keeps what she answered, with whoever is signed in as her witness. */
export async function writeDown(id: string, body: AskAnswers, intention: Intention): Promise<AskOutcome> {
	return (await api.post("/api/carried/{id}/asked", { path: { id }, body, intention })).data;
}
