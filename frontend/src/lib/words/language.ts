import { signal } from "@preact/signals";
import { overwriteGetLocale } from "../../words.gen/runtime.js";

/** The languages that the interface has words in; Nepali is the first. */
export const languages = ["ne", "en", "nb"] as const;
export type Language = (typeof languages)[number];

/** What each language calls itself. */
export const ownName: Record<Language, string> = { ne: "नेपाली", en: "English", nb: "Norsk" };

/**
 * firstLanguage guesses from what the browser tells anyone: Nepali if it is
 * among its languages or the clock stands in Nepal (most phones there are set
 * to English), else the first known of its languages, else Nepali.
 */
export function firstLanguage(wanted: readonly string[], minutesBehindUTC: number): Language {
	const known = wanted.map(code).filter((l) => l !== null);
	if (known.includes("ne") || minutesBehindUTC === nepal) return "ne";
	return known[0] ?? "ne";
}

// No other place on earth is five and three quarter hours ahead. Asking for the
// zone's name instead would start the browser's whole Intl before anything is drawn.
const nepal = -345;

function code(tag: string): Language | null {
	const primary = tag.toLowerCase().split("-")[0];
	if (primary === "ne" || primary === "en") return primary;
	return primary === "nb" || primary === "no" || primary === "nn" ? "nb" : null;
}

/**
 * The language on screen. It is held in memory and nowhere else, so the phone
 * keeps no trace of it; whoever reads a message while rendering is drawn anew
 * when it changes.
 */
export const language = signal<Language>(
	firstLanguage(globalThis.navigator?.languages ?? [], new Date().getTimezoneOffset()),
);
overwriteGetLocale(() => language.value);

/** safePage is where safety on the phone is told, in the language on screen. */
export function safePage(): string {
	return `/safe?l=${language.value}`;
}

let chosen = false;

/** chooseLanguage is her own choice on this page. */
export function chooseLanguage(wanted: Language): void {
	chosen = true;
	language.value = wanted;
}

/** suggestLanguage takes a language that is known to be hers, unless she has chosen one here. */
export function suggestLanguage(known: Language): void {
	if (!chosen) language.value = known;
}

export function isLanguage(text: string): text is Language {
	return (languages as readonly string[]).includes(text);
}
