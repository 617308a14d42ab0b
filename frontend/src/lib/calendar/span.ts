import { language } from "../words/index.ts";
import { clockDigits, partOf, partWords } from "./instant.ts";

/**
 * spanWords writes from when to when ("07:00", "09:00"): बिहान ७:०० – ९:००,
 * morning 7:00 – 9:00, 07.00–09.00. The part of the day is said again only
 * where it changes. A line breaks between the two at most there.
 */
export function spanWords(from: string, to: string): string {
	const start = clockOf(from);
	const end = clockOf(to);
	if (language.value === "nb") return `${clockDigits(start)}${dash}${clockDigits(end)}`;
	const part = partOf(start.hour);
	const later = partOf(end.hour);
	return part === later
		? `${timeWords(from)}\u00a0${dash}\u00a0${clockDigits(end)}`
		: `${timeWords(from)}\u00a0– ${timeWords(to)}`;
}

// A line may break after a dash, unless a word joiner forbids it.
const dash = "–\u2060";

/** timeWords writes one time of day ("07:00"): बिहान ७:००, morning 7:00, 07.00. */
export function timeWords(time: string): string {
	const clock = clockOf(time);
	const digits = clockDigits(clock);
	return language.value === "nb" ? digits : `${partWords(partOf(clock.hour))}\u00a0${digits}`;
}

function clockOf(text: string): { hour: number; minute: number } {
	const [hour = 0, minute = 0] = text.split(":").map(Number);
	return { hour, minute };
}
