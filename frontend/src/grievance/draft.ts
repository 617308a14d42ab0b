import type { Problem } from "../lib/api/index.ts";
import { isReceipt, receiptDigits } from "./receipt.ts";
import type { Category, Reader, Talk, TalkCategory } from "./types.ts";

/** What she has told so far. It is in the page's memory and goes with the page. */
export interface Draft {
	category: Category | null;
	/** Ids of readers whom it is about or who are close to it. */
	about: readonly string[];
	/** It is about somebody who is not among the readers. */
	described: boolean;
	text: string;
	name: string;
	earlier: string;
}

export const emptyDraft: Draft = {
	category: null,
	about: [],
	described: false,
	text: "",
	name: "",
	earlier: "",
};

/** The steps in order; `before` is not counted for her. */
export const steps = ["topic", "about", "write", "receipt"] as const;
export type Step = "before" | (typeof steps)[number];

export const mostText = 8000;
export const mostName = 200;

/**
 * readersLeft are those who may read it: the first of them now, the others when
 * time runs out. Where somebody is described, it may be a coordinator, so none
 * of them reads; the server goes by the same rule.
 */
export function readersLeft(category: TalkCategory, { about, described }: Draft): Reader[] {
	return category.readers.filter(
		({ id, role }) => !about.includes(id) && !(described && role === "coordinator"),
	);
}

/** What is still missing or wrong before it can be sent: of which field, and how. */
export interface Lack {
	text?: "missing";
	/** How many digits there are; all of them when one of them is wrong. */
	earlier?: number;
}

export function lackOf(draft: Draft): Lack {
	const digits = receiptDigits(draft.earlier);
	return {
		...(!draft.text.trim() && { text: "missing" as const }),
		...(draft.earlier.trim() && !isReceipt(digits) && { earlier: digits.length }),
	};
}

/** What is sent, but for the form's token. Empty answers are left out. */
export function talkOf(draft: Draft, category: TalkCategory): Omit<Talk, "token"> {
	const known = category.readers.map((reader) => reader.id);
	const about = draft.about.filter((id) => known.includes(id));
	const name = draft.name.trim();
	const earlier = receiptDigits(draft.earlier);
	return {
		category: category.key,
		text: draft.text.trim(),
		...(about.length > 0 && { about }),
		...(draft.described && { described: true }),
		...(name && { name }),
		...(earlier && { earlier }),
	};
}

/** Nobody is left who could read it fairly. */
export function isNobodyFree(problem: Problem | null): boolean {
	return problem?.code === "grievance.nobody_free";
}
