// Signing in and out, who is signed in, and choosing the words for it.

export { StillHeld } from "./again/still-held.tsx";
export { HandleCard } from "./handle-card.tsx";
export { OwnWays, WhenLost } from "./own-ways.tsx";
export { chosen, leastOwn, noPhrase, type Phrase, type PhraseFault, phraseFault, spoken } from "./phrase.ts";
export { PhraseChooser } from "./phrase-chooser.tsx";
export { roleWords } from "./roles.ts";
export {
	enter,
	farewell,
	findSession,
	forget,
	halfway,
	has,
	homeOf,
	renewSession,
	session,
	signOut,
} from "./session.ts";
export { Since, SinceAside } from "./since.tsx";
