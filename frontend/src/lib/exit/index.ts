// Leaving quickly, covering and locking the page.
export { type Guarded, guard } from "./guard.ts";
export { holdBack } from "./hold.ts";
export { IdleClock, usualIdle } from "./idle.ts";
export { leave, wipe } from "./leave.ts";
export { ShiftCounter, shiftWindow } from "./shift.ts";
