import { language } from "./language.ts";

const devanagariZero = 0x0966;

/** numerals writes the ASCII digits of a text in the digits of the language on screen. */
export function numerals(text: string): string {
	if (language.value !== "ne") return text;
	return text.replace(/[0-9]/g, (d) => String.fromCharCode(devanagariZero + Number(d)));
}

/** asciiDigits reads Devanagari digits as ASCII ones, for fields that take both. */
export function asciiDigits(text: string): string {
	return text.replace(/[०-९]/g, (d) => String(d.charCodeAt(0) - devanagariZero));
}

/**
 * A Figure counts as a number and reads as digits of the language on screen, so
 * that a message can choose its plural form by it and show it as well.
 */
export class Figure {
	constructor(private readonly value: number) {}
	valueOf(): number {
		return this.value;
	}
	toString(): string {
		return numerals(grouped(this.value));
	}
}

/** number makes the Figure that goes into a message: `m["members.count"]({ count: number(12) })`. */
export function number(value: number): Figure {
	return new Figure(value);
}

// Nepali groups by two after the first three (1,23,456); desktop browsers have
// no Nepali in Intl and would group by three.
function grouped(value: number): string {
	const [whole = "0", part] = String(Math.abs(value)).split(".");
	const mark = language.value === "nb" ? "\u00a0" : ",";
	const step = language.value === "ne" ? /\B(?=(\d\d)+(?!\d))/g : /\B(?=(\d{3})+(?!\d))/g;
	const head = whole.slice(0, -3);
	const tail = whole.slice(-3);
	const lead = head && head.replace(step, mark) + mark;
	const text = whole.length > 3 ? lead + tail : whole;
	const decimal = part === undefined ? "" : (language.value === "nb" ? "," : ".") + part;
	return (value < 0 ? "\u2212" : "") + text + decimal;
}
