import { noPhrase, type Phrase } from "../../account/index.ts";
import type { Ticks } from "../../consent/index.ts";
import type { Problem } from "../../lib/api/index.ts";

/** What she has told so far. It is in the page's memory and goes with the page. */
export interface Draft {
	alias: string;
	/** A group's id, or `unknown` when she does not know; null until she has chosen. */
	group: string | null;
	/** Whether she is 18, if she said. */
	age: "older" | "younger" | "unsaid" | null;
	phrase: Phrase;
	phone: string;
	ticks: Ticks;
}

export const noGroup = "unknown";

export const emptyDraft: Draft = {
	alias: "",
	group: null,
	age: null,
	phrase: noPhrase,
	phone: "",
	ticks: {},
};

/** The steps in order; `before` and `done` are not counted for her. */
export const steps = ["alias", "group", "words", "consent"] as const;
export type Step = "before" | (typeof steps)[number] | "done";

/** stepOf tells on which step a refusal has to be put right. */
export function stepOf(problem: Problem): Step {
	const about = [problem.code, ...problem.fields.flatMap((f) => [f.field, f.code])].join(" ");
	if (/\balias\b|alias_missing/.test(about)) return "alias";
	if (/passphrase/.test(about)) return "words";
	if (/group/.test(about)) return "group";
	return "consent";
}
