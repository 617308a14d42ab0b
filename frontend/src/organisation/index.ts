// The organisation as anyone may see it, the start page and its first set-up.
export { findOrganisation } from "./organisation.ts";
