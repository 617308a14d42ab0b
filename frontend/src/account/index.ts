// Signing in and out, who is signed in, and choosing the words for it.
export { HandleCard } from "./handle-card.tsx";
export { leastOwn, noPhrase, type Phrase, type PhraseFault, phraseFault, spoken } from "./phrase.ts";
export { PhraseChooser } from "./phrase-chooser.tsx";
export { roleWords } from "./roles.ts";
export { enter, farewell, findSession, forget, has, homeOf, session, signOut } from "./session.ts";
