let leaving = false;

/**
 * wipe takes everything off the page at once, before anything else is done.
 */
export function wipe(): void {
	document.documentElement.className = "gone";
	document.body.replaceChildren();
}

/**
 * leave is the quick exit: first the page is emptied, then the session is
 * dropped without waiting, then the history entry is replaced by the exit
 * address, from which the server leads on to an ordinary site. Without a net
 * an empty page takes its place.
 */
export function leave(dropSession: () => void): void {
	if (leaving) return;
	leaving = true;
	wipe();
	dropSession();
	history.replaceState(null, "", "/");
	location.replace(navigator.onLine ? "/exit" : "about:blank");
}
