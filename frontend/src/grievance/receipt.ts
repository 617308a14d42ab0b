import { asciiDigits } from "../lib/words/index.ts";

/** A receipt is this many digits, shown in groups of four; the last two are a check of the others. */
export const receiptLength = 20;
const groupLength = 4;

/**
 * receiptDigits reads what she typed: Nepali or English digits, with whatever
 * stands between them (spaces, hyphens, a line's end, characters without width).
 */
export function receiptDigits(typed: string): string {
	return asciiDigits(typed).replace(/[^0-9]/g, "");
}

/**
 * isReceipt finds a slip of the hand before anything is sent: read as one
 * number, a receipt leaves 1 when divided by 97 (ISO/IEC 7064, MOD 97-10).
 */
export function isReceipt(digits: string): boolean {
	let rest = 0;
	for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
	return digits.length === receiptLength && rest === 1;
}

/** The digits in groups of four, the last one as long as it is. */
export function digitGroups(digits: string): string[] {
	return digits.match(new RegExp(`.{1,${groupLength}}`, "g")) ?? [];
}

/** lastFourMatch tells whether what she typed are the last four digits of the receipt. */
export function lastFourMatch(receipt: string, typed: string): boolean {
	return receiptDigits(typed) === receipt.slice(-groupLength);
}

/** The last four are all there, so that right or wrong can be said. */
export function lastFourTyped(typed: string): boolean {
	return receiptDigits(typed).length >= groupLength;
}
