import { clearKept } from "./kept.ts";
import { markLeft } from "./left.ts";

let leaving = false;

/**
 * wipe takes everything off the page at once, before anything else is done.
 */
export function wipe(): void {
	document.documentElement.className = "gone";
	document.body.replaceChildren();
}

/**
 * leave is the quick exit: first the page is emptied, then the session is marked
 * as left and dropped without waiting, then the history entry is replaced by the exit
 * address, from which the server leads on to an ordinary site. Without a net
 * the worker leads there, if she let one stay, and takes itself off the phone;
 * else an empty page takes its place.
 */
export function leave(dropSession: () => void): void {
	if (leaving) return;
	leaving = true;
	wipe();
	markLeft();
	dropSession();
	const worker = navigator.serviceWorker?.controller;
	if (!worker) void clearKept();
	history.replaceState(null, "", "/");
	location.replace(navigator.onLine || worker ? "/exit" : "about:blank");
}
