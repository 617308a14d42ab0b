// The only way to the server, and the only place that calls fetch. Nothing of
// an answer is kept: no cache, no storage.
export { whenAbsent, whenMissing } from "./absence.ts";
export type { Answer } from "./client.ts";
export * as api from "./client.ts";
export { Intention } from "./intention.ts";
export { type FieldFault, Problem, type ProblemKind } from "./problem.ts";
export { prove, whenProofNeeded } from "./proof.ts";
export type * from "./types.ts";
