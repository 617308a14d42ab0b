// Asking for consent and saying what was given.
export { useChangedLanguage } from "./changed-language.ts";
export { ConsentTick } from "./consent-tick.tsx";
export { findLedger, findTexts, given, type Ticks } from "./texts.ts";
export { purposeWords } from "./words.ts";
