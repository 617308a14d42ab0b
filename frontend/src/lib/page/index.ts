// How a page stands and what it is doing: loading an answer, running an act.
export { type Act, useAct } from "./act.ts";
export { asProblem, type Loaded, type PageState, useLoad } from "./load.ts";
export { useSoon } from "./soon.ts";
