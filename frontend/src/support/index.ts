// What other nouns may use of peer support: her coming meetings, and their words.
export { findComing } from "./api.ts";
export { CancelDialog, With } from "./meetings.tsx";
export { Said } from "./said.tsx";
export type { Session } from "./types.ts";
export { relativeDay, When } from "./when.tsx";
