type Listener = () => void;
let listener: Listener = () => undefined;

/** whenAbsent sets what happens when the server no longer knows who she is. */
export function whenAbsent(act: Listener): void {
	listener = act;
}

export function tellAbsent(): void {
	listener();
}
