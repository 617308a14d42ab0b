import { m } from "../lib/words/index.ts";
import type { RegisterImport } from "./api.ts";

/** What she does first in a dry run; each step settles more rows than the one after it. */
export type FirstStep = "letters" | "calendar" | "groups" | "mend" | "decide" | "ready" | "nothing";

export function firstStep(now: RegisterImport): FirstStep {
	const { counts } = now;
	if (now.encodingGuessed) return "letters";
	if (now.calendarNeeded) return "calendar";
	if (now.unknownGroups.length) return "groups";
	if (counts.failed) return "mend";
	if (counts.held) return "decide";
	return counts.created + counts.updated ? "ready" : "nothing";
}

/** The steps that are done row by row, in words. */
export const rowWords: Partial<Record<FirstStep, () => string>> = {
	mend: m["register.next.mend"],
	decide: m["register.next.decide"],
	ready: m["register.next.ready"],
};
