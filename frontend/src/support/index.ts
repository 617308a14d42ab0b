// What other nouns may use of peer support: her coming meetings, and their words.
export { findComing } from "./api.ts";
export { CancelDialog, type Settled, SettledNote, With } from "./meetings.tsx";
export { mayCancel, parted } from "./slots.ts";
export type { Session } from "./types.ts";
export { relativeDay, When } from "./when.tsx";
