import { expect, it } from "vitest";
import { standing } from "./clock.ts";

it.each([
	["just sent", "2026-11-26", { left: 7, urgency: "calm", gone: 0 }],
	["under way", "2026-11-29", { left: 4, urgency: "calm", gone: 3 }],
	["on the day before the last", "2026-12-02", { left: 1, urgency: "soon", gone: 6 }],
	["on the last day", "2026-12-03", { left: 0, urgency: "soon", gone: 7 }],
	["after it", "2026-12-05", { left: -2, urgency: "late", gone: 7 }],
] as const)("a limit of seven days %s", (_, today, expected) => {
	expect(standing("2026-11-26", "2026-12-03", today)).toEqual({ ...expected, whole: 7 });
});

it("a limit that ends on the day it began still has a bar to fill", () => {
	expect(standing("2026-11-26", "2026-11-26", "2026-11-26")).toMatchObject({ left: 0, whole: 1, gone: 1 });
});
