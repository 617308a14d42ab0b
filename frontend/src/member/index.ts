// What other nouns may use of the people of the organisation.
export { findApplicants, findGroups, type PersonItem } from "./people/api.ts";
export { BirthWords } from "./people/birth-words.tsx";
export { groupOptions } from "./people/groups.ts";
export { HintNotes, hintWords } from "./people/hints.tsx";
export { StateBadge } from "./people/state-badge.tsx";
export { wantGroup, wantPerson } from "./people/wanted.ts";
