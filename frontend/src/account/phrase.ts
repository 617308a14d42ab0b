/**
 * The passphrase while it is being chosen: five offered words, or her own. It
 * lives in the page's memory and nowhere else.
 */
export interface Phrase {
	own: boolean;
	/** The offered words, empty until they have come. */
	words: readonly string[];
	separator: string;
	/** She says that she has written the offered words down or knows them. */
	kept: boolean;
	/** Her own, and the same once more. */
	text: string;
	again: string;
}

export const noPhrase: Phrase = { own: false, words: [], separator: " ", kept: false, text: "", again: "" };

/** The least length of a phrase of her own, in characters; the server has the last word. */
export const leastOwn = { member: 12, staff: 15 } as const;

/** What the server is sent. */
export function spoken(phrase: Phrase): string {
	return phrase.own ? phrase.text : phrase.words.join(phrase.separator);
}

/** Between two phrases that she types where one is asked for. It is told in person. */
const between = " // ";

/**
 * chosen is what she chose where she is not signed in: of words of her own, what
 * stands behind the first mark is the second phrase.
 */
export function chosen(phrase: Phrase): { passphrase: string; secondPassphrase?: string } {
	const text = spoken(phrase);
	const at = phrase.own ? text.indexOf(between) : -1;
	const [passphrase, second] = [text.slice(0, at).trim(), text.slice(at + between.length).trim()];
	if (at < 0 || !passphrase || !second) return { passphrase: text };
	return { passphrase, secondPassphrase: second };
}

export type PhraseFault = "none_yet" | "not_kept" | "too_short" | "differ";

/** phraseFault tells what is still missing before the phrase can be used, or null. */
export function phraseFault(phrase: Phrase, least: number): PhraseFault | null {
	if (!phrase.own) {
		if (phrase.words.length === 0) return "none_yet";
		return phrase.kept ? null : "not_kept";
	}
	if (lengthOf(phrase.text) < least) return "too_short";
	return phrase.text.normalize("NFC") === phrase.again.normalize("NFC") ? null : "differ";
}

/** lengthOf counts characters as the server does: code points of the composed form. */
export function lengthOf(text: string): number {
	return [...text.normalize("NFC")].length;
}
