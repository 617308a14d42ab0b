import { type Language, type Localised, languages } from "../lib/words/index.ts";
import type { Name } from "./types.ts";

/** What is written of a name in each language, "" where nothing is. */
export type Written = Record<Language, string>;

export function writtenOf(name: Localised): Written {
	return { ne: name.ne ?? "", en: name.en ?? "", nb: name.nb ?? "" };
}

/** nameFrom is the name in the languages in which one was written. */
export function nameFrom(written: Written): Name {
	const name: Name = {};
	for (const language of languages) {
		const text = written[language].trim();
		if (text) name[language] = text;
	}
	return name;
}

export function sameName(a: Localised, b: Localised): boolean {
	return languages.every((language) => (a[language] ?? "").trim() === (b[language] ?? "").trim());
}

/** hasName tells that it is written in one language at least. */
export function hasName(name: Localised): boolean {
	return languages.some((language) => Boolean(name[language]?.trim()));
}
