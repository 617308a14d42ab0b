import { farewell } from "../account/index.ts";
import { api } from "../lib/api/index.ts";
import { clearKept } from "../lib/exit/index.ts";

// What the sign-in page has to say after the page was loaded anew.
interface Left {
	left?: typeof farewell.value;
}

let ending: Promise<unknown> = Promise.resolve();

/** endWith names what has to be done on the server before the page may be loaded anew. */
export function endWith(done: Promise<unknown>): void {
	ending = done.catch(() => undefined);
}

/**
 * beginAnew loads the sign-in page as a new document once somebody is signed in
 * no longer: with the old one goes all that any part of the application had in
 * memory, and answers that the browser had fetched ahead for her. Whoever takes
 * the phone next can't come upon them. Without a net it waits for one; until
 * then nobody can sign in either.
 */
export async function beginAnew(): Promise<void> {
	await Promise.all([ending, clearKept()]);
	if (!navigator.onLine) {
		const again = () => {
			api.dropSession();
			void beginAnew();
		};
		addEventListener("online", again, { once: true });
		return;
	}
	history.replaceState({ left: farewell.value } satisfies Left, "", "/in");
	location.reload();
}

/** greetAgain lets the sign-in page say what was left to say, once. */
export function greetAgain(): void {
	const { left } = (history.state ?? {}) as Left;
	if (!left) return;
	farewell.value = left;
	history.replaceState(null, "");
}
