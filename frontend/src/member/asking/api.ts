import {
	type AskAnswers,
	type AskOutcome,
	api,
	type Birth,
	type CarriedItem,
	type DecisionOnYoung,
	type GuardianAnswer,
	type Intention,
	type List,
} from "../../lib/api/index.ts";

export type { CarriedItem } from "../../lib/api/index.ts";

/** What the list is asked for. */
export interface Asked {
	/** Those under 18, whom those who protect decide on; else those of her groups. */
	young: boolean;
	q: string;
	group: string;
	order: "until" | "name";
}

export async function findToAsk(
	{ young, q, group, order }: Asked,
	cursor?: string,
): Promise<List<CarriedItem>> {
	const query = {
		limit: 100,
		...(young && { young }),
		...(q.trim() && { q: q.trim() }),
		...(group && { group }),
		...(!young && { order }),
		...(cursor && { cursor }),
	};
	return (await api.get("/api/carried", { query })).data;
}

/** findAllToAsk is the whole list, for paper. */
export async function findAllToAsk(asked: Asked): Promise<CarriedItem[]> {
	const all: CarriedItem[] = [];
	let cursor: string | undefined;
	do {
		const page: List<CarriedItem> = await findToAsk(asked, cursor);
		all.push(...page.items);
		cursor = page.next ?? undefined;
	} while (cursor);
	return all;
}

/** writeDown keeps what she answered, with whoever is signed in as her witness. */
export async function writeDown(id: string, body: AskAnswers, intention: Intention): Promise<AskOutcome> {
	return (await api.post("/api/carried/{id}/asked", { path: { id }, body, intention })).data;
}

/** decide lets somebody under 18 in, or decides on one who is a member. */
export async function decide(id: string, body: DecisionOnYoung, intention: Intention): Promise<void> {
	await api.post("/api/carried/{id}/decide", { path: { id }, body, intention });
}

/** sayNotNow answers the wish of somebody under 18 with no, in words to her. */
export async function sayNotNow(id: string, words: string, intention: Intention): Promise<void> {
	const body = { reason: "talk_first" as const, ...(words && { words }) };
	await api.post("/api/carried/{id}/decline", { path: { id }, body, intention });
}

/** lookAgain keeps what came of looking again at the guardian of somebody under 18. */
export async function lookAgain(id: string, body: GuardianAnswer, intention: Intention): Promise<void> {
	await api.post("/api/carried/{id}/guardian", { path: { id }, body, intention });
}

export async function keepBirth(id: string, birth: Birth, intention: Intention): Promise<void> {
	await api.post("/api/carried/{id}/birth", { path: { id }, body: { birth }, intention });
}
