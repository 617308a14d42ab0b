interface Held {
	/** The address that is not to be left. */
	at: string;
	tell: () => void;
}

let held: Held | null = null;

/**
 * holdBack keeps the browser's way back from leading away from the page that is
 * open, which holds something that would be lost, and tells of each try; it
 * gives what ends that. The quick exit is never held.
 */
export function holdBack(tell: () => void): () => void {
	const mine: Held = { at: location.pathname, tell };
	held = mine;
	return () => {
		if (held === mine) held = null;
	};
}

/**
 * stayHeld answers a step back while something is held: the entry that was left
 * is put where it was, so the history stays as long as it is, and whoever draws
 * pages hears nothing. It must be the first listener: browsers call those of the
 * window in the order in which they came.
 */
export function stayHeld(event: Event): void {
	if (!held || location.pathname === held.at) return;
	event.stopImmediatePropagation();
	history.pushState(null, "", held.at);
	held.tell();
}
