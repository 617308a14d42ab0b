import { language } from "./language.ts";

/** A name given in some of the languages. */
export interface Localised {
	ne?: string | undefined;
	en?: string | undefined;
	nb?: string | undefined;
}

/** localised picks the name in the language on screen, else the Nepali, else the English one. */
export function localised(name: Localised): string {
	return name[language.value] || name.ne || name.en || name.nb || "";
}
