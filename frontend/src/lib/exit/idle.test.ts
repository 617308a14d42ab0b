import { expect, it } from "vitest";
import { IdleClock, idleLimits } from "./idle.ts";

it("locks when the limit has passed since the last touch, even if the device slept through it", () => {
	const clock = new IdleClock(0);
	expect(clock.over(idleLimits.member - 1, idleLimits.member)).toBe(false);
	expect(clock.over(idleLimits.member, idleLimits.member)).toBe(true);
	expect(clock.over(24 * 3_600_000, idleLimits.member)).toBe(true);
});

it("starts anew at each touch, and leaves staff longer", () => {
	const clock = new IdleClock(0);
	clock.touch(idleLimits.member - 1);
	expect(clock.over(idleLimits.member + 1, idleLimits.member)).toBe(false);
	expect(idleLimits.staff).toBeGreaterThan(idleLimits.member);
	expect(clock.over(1e12, Number.POSITIVE_INFINITY)).toBe(false);
});
