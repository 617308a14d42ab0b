// That she has read what leaving does is remembered with the page alone: in its
// memory, and in its entry of the history so that loading it anew doesn't ask
// again. Nothing is stored, and the mark names nothing.
interface Mark {
	read?: boolean;
}

let read = false;
const marked = () => (history.state as Mark | null)?.read === true;

/** beforeRead tells whether she has read it since this window came here. */
export function beforeRead(): boolean {
	read ||= marked();
	return read;
}

/** readBefore notes that she has. */
export function readBefore(): void {
	read = true;
	keepRead();
}

/** keepRead carries the mark on to the entry of the page that is open now. */
export function keepRead(): void {
	if (read && !marked()) history.replaceState({ ...history.state, read: true } satisfies Mark, "");
}
