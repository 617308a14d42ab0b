import { describe, expect, it } from "vitest";
import { dayFaults, inOrder, quarterHours, seatsOf } from "./entry.ts";

describe("the seats of an intake", () => {
	it.each([
		["12", 12],
		[" १२ ", 12],
		["200", 200],
		["0", null],
		["201", null],
		["1.5", null],
		["-3", null],
		["", null],
		["दस", null],
	])("%j are %j", (typed, seats) => {
		expect(seatsOf(typed)).toBe(seats);
	});
});

describe("the days of an intake", () => {
	const days = { opens: "2026-11-20", closes: "2026-12-05", begins: "2026-12-10", ends: "2027-02-10" };

	it("stand in order, and may fall on one day", () => {
		expect(dayFaults(days)).toEqual({});
		expect(dayFaults({ ...days, closes: days.opens, begins: days.opens })).toEqual({});
	});

	it("name the one that is missing or comes before an earlier one", () => {
		expect(dayFaults({ ...days, begins: "2026-12-01" })).toEqual({ begins: "order" });
		expect(dayFaults({ ...days, closes: null, ends: "2026-11-19" })).toEqual({
			closes: "missing",
			ends: "order",
		});
	});
});

it("a time of the week ends after it starts, on a quarter of an hour", () => {
	expect(inOrder({ weekday: 0, from: "07:00", to: "09:00" })).toBe(true);
	expect(inOrder({ weekday: 0, from: "09:00", to: "09:00" })).toBe(false);
	expect(quarterHours.at(0)).toBe("05:00");
	expect(quarterHours.at(-1)).toBe("21:00");
});
