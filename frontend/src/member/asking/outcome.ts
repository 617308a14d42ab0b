import { m } from "../../lib/words/index.ts";

/** How asking somebody, or deciding on her, ended. */
export interface Said {
	state: "member" | "carried" | "erased" | "decided" | "declined" | "birth";
	/** Her sign-in name, to take home. */
	handle?: string;
}

const words: Record<Said["state"], () => string> = {
	member: m["carry.done.member"],
	carried: m["carry.done.no"],
	erased: m["carry.done.erased"],
	decided: m["carry.done.decided"],
	declined: m["carry.done.declined"],
	birth: m["carry.done.birth"],
};

export function outcomeWords({ state }: Said): string {
	return words[state]();
}
