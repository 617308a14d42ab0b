import { m } from "../../lib/words/index.ts";
import type { Unshown } from "./passkey.ts";

const unshown: Record<Unshown, () => string> = {
	undone: m["factor.passkey.undone"],
	known: m["factor.passkey.known"],
	unable: m["factor.passkey.unable"],
};

/** Why there was no passkey, and what she can do. */
export function unshownWords(why: Unshown): string {
	return unshown[why]();
}
