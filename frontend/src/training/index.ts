// What other nouns may use of training.
export type { CourseRef } from "./types.ts";
export { wantIntake } from "./wanted.ts";
export { courseName, coursePicture } from "./words.ts";
