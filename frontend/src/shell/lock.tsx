import { signal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { forget, session } from "../account/index.ts";
import { api } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Mark } from "../ui/index.ts";

/** The page was left alone too long: everything on it is gone. */
export const locked = signal(false);

/** lock forgets her, here and on the server. */
export function lock(): void {
	if (session.value) api.dropSession();
	forget("expired");
	locked.value = true;
}

/** Lock stands where the page was. */
export function Lock() {
	const { route } = useLocation();
	function reopen(): void {
		locked.value = false;
		route("/in", true);
	}
	return (
		<main id="main">
			<section class="card empty lock">
				<Mark />
				<p>{m["cover.idle"]()}</p>
				<Button onPress={reopen}>{m["cover.reopen"]()}</Button>
			</section>
		</main>
	);
}
