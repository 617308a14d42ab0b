import { number } from "../../lib/words/index.ts";

/** The age from which nobody's guardian is asked, as it is read. */
export function fullAge() {
	return number(18);
}
