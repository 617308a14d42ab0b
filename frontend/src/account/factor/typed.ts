import { asciiDigits } from "../../lib/words/index.ts";

/** How many digits an app shows (RFC 6238), and how many signs a code on paper has. */
export const appDigits = 6;
export const paperSigns = 16;

// Blanks and dashes of any kind, wherever she puts them.
const between = /[\s\-\u2010-\u2015\u2212]/gu;

/** digitsFrom reads the digits of an app as she types them, in either script, or null when they aren't whole. */
export function digitsFrom(typed: string): string | null {
	const digits = asciiDigits(typed).replace(between, "");
	return digits.length === appDigits && /^[0-9]+$/.test(digits) ? digits : null;
}

/** paperFrom reads a code from paper, in any case and either script, or null when it isn't whole. */
export function paperFrom(typed: string): string | null {
	const code = asciiDigits(typed).replace(between, "").toUpperCase();
	return [...code].length === paperSigns ? code : null;
}

/** inFours parts a text for the eye: "JBSWY3DP" is read as JBSW Y3DP. */
export function inFours(text: string): string[] {
	return text.match(/.{1,4}/gu) ?? [];
}
