import { m } from "../../lib/words/index.ts";

/** How asking somebody ended. */
export interface Said {
	state: "member" | "carried" | "erased";
	/** Her sign-in name, to take home. */
	handle?: string;
}

export function outcomeWords({ state }: Said): string {
	if (state === "member") return m["carry.done.member"]();
	if (state === "erased") return m["carry.done.erased"]();
	return m["carry.done.no"]();
}
