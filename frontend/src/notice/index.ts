// What she is told inside, and how else she may be told that something changed.
export { Carriers } from "./carriers.tsx";
export { Choosing } from "./choosing.tsx";
export { News } from "./news.tsx";
