import { m } from "../../lib/words/index.ts";

/** How asking somebody, or deciding on her, ended. */
export interface Said {
	state: "member" | "carried" | "erased" | "decided" | "declined" | "birth";
	/** Her sign-in name, to take home. */
	handle?: string;
}

/** The one it ended for: whose name it shows, and whose sheet leads on. */
export interface Outcome extends Said {
	id: string;
	name: string;
}

const words: Record<Exclude<Said["state"], "member">, () => string> = {
	carried: m["carry.done.no"],
	erased: m["carry.done.erased"],
	decided: m["carry.done.decided"],
	declined: m["carry.done.declined"],
	birth: m["carry.done.birth"],
};

/** outcomeWords says what came of it; who protects has no sheet of her, and asks for a way in elsewhere. */
export function outcomeWords({ state, name }: Outcome, young: boolean): string {
	if (state !== "member") return words[state]();
	return young ? m["carry.done.member.young"]({ name }) : m["carry.done.member"]({ name });
}
