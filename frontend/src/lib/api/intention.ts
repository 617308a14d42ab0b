/**
 * An Intention is one thing that she means to do once. All tries of it carry
 * the same Idempotency-Key, so a press that is repeated because the line broke
 * is done once. Other words are another intention and get a key of their own.
 */
export class Intention {
	private key = "";
	private said = "";

	/** The key for sending this body: as before if the body is, else a new one. */
	keyFor(body: unknown): string {
		const saying = JSON.stringify(body) ?? "";
		if (!this.key || saying !== this.said) {
			this.key = newKey();
			this.said = saying;
		}
		return this.key;
	}

	/** The server has answered: the next press is a new intention. */
	settle(): void {
		this.key = "";
		this.said = "";
	}
}

function newKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
