import { expect, it } from "vitest";
import { ShiftCounter, shiftWindow } from "./shift.ts";

function press(counter: ShiftCounter, at: number): boolean {
	counter.down("Shift");
	return counter.up("Shift", at);
}

it("leaves at the third press within five seconds", () => {
	const counter = new ShiftCounter();
	expect(press(counter, 0)).toBe(false);
	expect(press(counter, 2_000)).toBe(false);
	expect(press(counter, shiftWindow)).toBe(true);
});

it("does not leave when the three presses take longer", () => {
	const counter = new ShiftCounter();
	press(counter, 0);
	press(counter, 6_000);
	expect(press(counter, 6_001)).toBe(false);
	expect(press(counter, 6_002)).toBe(true);
});

it("does not count Shift that is held for capital letters, however often", () => {
	const counter = new ShiftCounter();
	for (let i = 0; i < 5; i++) {
		counter.down("Shift");
		counter.down("A");
		counter.up("A", i);
		expect(counter.up("Shift", i)).toBe(false);
	}
});

it("starts anew after any other key, and never at Escape", () => {
	const counter = new ShiftCounter();
	press(counter, 0);
	press(counter, 1);
	counter.down("Escape");
	expect(counter.up("Escape", 2)).toBe(false);
	expect(press(counter, 3)).toBe(false);
});

it("counts a held key once", () => {
	const counter = new ShiftCounter();
	counter.down("Shift");
	counter.down("Shift", true);
	counter.down("Shift", true);
	expect(counter.up("Shift", 1)).toBe(false);
	expect(press(counter, 2)).toBe(false);
	expect(press(counter, 3)).toBe(true);
});
