// Leaving quickly, covering and locking the page, and what may stay on a phone.
export { beforeRead, keepRead, readBefore } from "./before.ts";
export { type Guarded, guard } from "./guard.ts";
export { holdBack } from "./hold.ts";
export { IdleClock, usualIdle } from "./idle.ts";
export { clearKept } from "./kept.ts";
export { leave, wipe } from "./leave.ts";
export { markLeft } from "./left.ts";
export { ShiftCounter, shiftWindow } from "./shift.ts";
