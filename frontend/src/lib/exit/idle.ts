/** How long a page on which nobody is signed in may be left alone before it is cleared, ms; else the sign-in tells. */
export const usualIdle = 10 * 60_000;

/**
 * IdleClock knows how long the page has been left alone. It compares times
 * rather than trusting a timer: a sleeping phone stops timers.
 */
export class IdleClock {
	constructor(private last: number) {}

	touch(at: number): void {
		this.last = at;
	}

	over(at: number, limit: number): boolean {
		return at - this.last >= limit;
	}
}
