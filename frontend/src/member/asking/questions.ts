import type { ConsentText } from "../../lib/api/index.ts";

/** What of hers a text is about; texts about what isn't there are not read to her. */
const about: Record<string, string | null> = {
	membership: null,
	coordinator_phone: "phone",
	coordinator_name: "paper_name",
	coordinator_district: "district",
};

/** questionsFor are the texts that one woman is asked, in the order in which they are read to her. */
export function questionsFor(texts: readonly ConsentText[], held: readonly string[]): ConsentText[] {
	return texts.filter(({ purpose }) => {
		const needs = about[purpose];
		return needs !== undefined && (needs === null || held.includes(needs));
	});
}
