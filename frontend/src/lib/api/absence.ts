type Listener = () => void;
let absent: Listener = () => undefined;
let missing: Listener = () => undefined;

/** whenAbsent sets what happens when the server no longer knows who she is. */
export function whenAbsent(act: Listener): void {
	absent = act;
}

export function tellAbsent(): void {
	absent();
}

/**
 * whenMissing sets what happens when what a page asked for isn't there, or isn't
 * for her: nobody is told which, but her roles may be others than the page knows.
 */
export function whenMissing(act: Listener): void {
	missing = act;
}

export function tellMissing(): void {
	missing();
}
