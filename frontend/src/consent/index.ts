// Asking for consent and saying what was given.
export { useChangedLanguage } from "./changed-language.ts";
export { ConsentTick } from "./consent-tick.tsx";
export { Listen } from "./listen.tsx";
export { useOldText } from "./old-text.ts";
export { findLedger, findTexts, given, heardAt, type Ticks } from "./texts.ts";
export { purposeWords } from "./words.ts";
