/** Three presses of Shift within this time leave the page. */
export const shiftWindow = 5_000;
const presses = 3;

/**
 * ShiftCounter tells when Shift was pressed three times by itself within five
 * seconds. Shift held for a capital letter does not count, and any other key
 * starts the count anew, so that writing never leaves the page.
 */
export class ShiftCounter {
	private times: number[] = [];
	private alone = false;

	/** A key went down. */
	down(key: string, repeat = false): void {
		if (key === "Shift") {
			if (!repeat) this.alone = true;
			return;
		}
		this.alone = false;
		this.times = [];
	}

	/** A key came up at this time in ms; true means: leave now. */
	up(key: string, at: number): boolean {
		if (key !== "Shift" || !this.alone) return false;
		this.alone = false;
		this.times = [...this.times, at].slice(-presses);
		const first = this.times[0] ?? at;
		return this.times.length === presses && at - first <= shiftWindow;
	}
}
