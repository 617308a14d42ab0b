// Nepal's districts by name, as the server knows them.
import { language } from "../words/index.ts";
import { districts } from "./districts.gen.ts";

/** districtWords is a district's name in the language on screen; a text that names none stays as it is. */
export function districtWords(english: string): string {
	const found = districts.find(([en]) => en === english);
	return found && language.value === "ne" ? found[1] : english;
}

/** districtOptions lists all districts in the order of the language on screen, by their English name. */
export function districtOptions(): { value: string; label: string }[] {
	const locale = language.value;
	return districts
		.map(([en, ne]) => ({ value: en, label: locale === "ne" ? ne : en }))
		.sort((a, b) => a.label.localeCompare(b.label, locale));
}
