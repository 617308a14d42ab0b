import { chooseLanguage, type Language } from "../../src/lib/words/index.ts";

// The tests look for what a person reads, so they speak with the pages' own
// messages, in Nepali unless a test says otherwise.
chooseLanguage("ne");

export { faultWords } from "../../src/lib/words/fault.ts";
export {
	asciiDigits,
	type Language,
	language,
	m,
	number,
	numerals,
	ownName,
} from "../../src/lib/words/index.ts";

/** inLanguage makes the messages speak another language while something runs. */
export async function inLanguage<T>(language: Language, run: () => Promise<T>): Promise<T> {
	chooseLanguage(language);
	try {
		return await run();
	} finally {
		chooseLanguage("ne");
	}
}
