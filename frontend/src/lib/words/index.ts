// What the interface says: the messages, the language on screen, numbers and
// names in it. The sentences themselves are in messages/*.json; words for fault
// codes are in fault.ts, which told.ts fetches when something was refused.
export { m } from "../../words.gen/messages.js";
export {
	chooseLanguage,
	firstLanguage,
	isLanguage,
	type Language,
	language,
	languages,
	ownName,
	safePage,
	suggestLanguage,
} from "./language.ts";
export { type Localised, localised } from "./name.ts";
export { asciiDigits, Figure, number, numerals } from "./number.ts";
