// The organisation as anyone may see it, the start page and its first set-up.
export { useHelplines } from "./helplines.ts";
export { findOrganisation } from "./organisation.ts";
export { StillOpen } from "./still-open.tsx";
