import { expect, it } from "vitest";
import { IdleClock } from "./idle.ts";

const limit = 10 * 60_000;

it("locks when the limit has passed since the last touch, even if the device slept through it", () => {
	const clock = new IdleClock(0);
	expect(clock.over(limit - 1, limit)).toBe(false);
	expect(clock.over(limit, limit)).toBe(true);
	expect(clock.over(24 * 3_600_000, limit)).toBe(true);
});

it("starts anew at each touch, and keeps to a limit that changes meanwhile", () => {
	const clock = new IdleClock(0);
	clock.touch(limit - 1);
	expect(clock.over(limit + 1, limit)).toBe(false);
	expect(clock.over(limit + 1, 1)).toBe(true);
	expect(clock.over(1e12, Number.POSITIVE_INFINITY)).toBe(false);
});
