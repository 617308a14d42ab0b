import { m } from "../lib/words/index.ts";
import type { Told } from "./api.ts";

const said: Record<Told["sentence"], () => string> = {
	tomorrow: m["notice.say.tomorrow"],
	off: m["notice.say.off"],
	settled: m["notice.say.settled"],
	askAgain: m["notice.say.askAgain"],
};

/** What she is told, in the words for inside. */
export function toldWords(told: Told): string {
	return said[told.sentence]();
}
