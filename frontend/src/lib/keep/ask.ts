import { clearKept } from "../exit/kept.ts";

/**
 * ask makes the part of the safety page work in which she can let pages stay on
 * the phone, and take them off again. It stays hidden where the browser can't.
 */
export function ask(part: HTMLElement): void {
	if (!navigator.serviceWorker) return;
	const [keep, remove] = part.querySelectorAll("button");
	const said = part.querySelectorAll<HTMLElement>("[role=status] > *");
	if (!keep || !remove) return;

	/** Shows one of the three sentences, or none, and the button that makes sense then. */
	function show(kept: boolean, sentence: number | null): void {
		keep?.toggleAttribute("hidden", kept);
		remove?.toggleAttribute("hidden", !kept);
		said.forEach((one, at) => {
			one.hidden = at !== sentence;
		});
	}
	keep.addEventListener("click", async () => {
		keep.disabled = true;
		const kept = await begin().catch(() => false);
		if (!kept) await clearKept();
		keep.disabled = false;
		show(kept, kept ? 0 : 2);
	});
	remove.addEventListener("click", async () => {
		await clearKept();
		show(false, 1);
	});
	void navigator.serviceWorker.getRegistration().then((found) => {
		const kept = Boolean(found?.active);
		show(kept, kept ? 0 : null);
		part.hidden = false;
	});
}

/** begin puts the worker in its place and waits until everything is there, or it is plain that it won't be. */
async function begin(): Promise<boolean> {
	const made = await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
	const coming = made.installing ?? made.waiting ?? made.active;
	return new Promise((done) => {
		const look = () => {
			if (coming?.state === "activated") done(true);
			if (!coming || coming.state === "redundant") done(false);
		};
		coming?.addEventListener("statechange", look);
		look();
	});
}
