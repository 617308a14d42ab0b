import { afterEach, describe, expect, it } from "vitest";
import { language } from "../lib/words/index.ts";
import { byHours, timesWords } from "./times.ts";
import type { WeeklyTime } from "./types.ts";

afterEach(() => {
	language.value = "ne";
});

const said = (times: WeeklyTime[]) =>
	timesWords(times).map((text) => text.replaceAll("\u00a0", " ").replaceAll("\u2060", ""));
const at = (from: string, to: string, ...weekdays: number[]) =>
	weekdays.map((weekday) => ({ weekday, from, to }));

describe("the times of a week", () => {
	it("puts together the days that have the same hours", () => {
		expect(byHours([...at("07:00", "09:00", 3, 1), ...at("13:00", "16:00", 6)])).toEqual([
			{ days: [1, 3], from: "07:00", to: "09:00" },
			{ days: [6], from: "13:00", to: "16:00" },
		]);
	});

	it("names three days or more in a row by the first and the last", () => {
		expect(said(at("07:00", "09:00", 0, 1, 2, 3, 4, 5))).toEqual(["आइतबार – शुक्रबार: बिहान ७:०० – ९:००"]);
		language.value = "nb";
		expect(said([...at("07:00", "09:00", 1, 2), ...at("13:00", "16:00", 6)])).toEqual([
			"mandag, tirsdag: 07.00–09.00",
			"lørdag: 13.00–16.00",
		]);
	});
});
