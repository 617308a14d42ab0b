import { signal } from "@preact/signals";
import { forget, halfway, session } from "../account/index.ts";
import { api } from "../lib/api/index.ts";
import { clearKept, markLeft } from "../lib/exit/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Mark } from "../ui/index.ts";
import { beginAnew, endWith } from "./anew.ts";

/** The page was left alone too long: everything on it is gone. */
export const locked = signal(false);

/** lock forgets her, here and on the server. */
export function lock(): void {
	if (session.value || halfway.value) {
		markLeft();
		// Its answer takes cookies away, and must not come to whoever signs in next.
		endWith(api.dropSession());
	}
	void clearKept();
	forget("expired");
	locked.value = true;
}

/** Lock stands where the page was. */
export function Lock() {
	return (
		<main id="main">
			<section class="card empty lock">
				<Mark />
				<p>{m["cover.idle"]()}</p>
				<Button onPress={beginAnew}>{m["cover.reopen"]()}</Button>
			</section>
		</main>
	);
}
