import { afterEach, describe, expect, it, vi } from "vitest";
import { language } from "../words/index.ts";
import { clockInNepal, spanWords, timeWords, weekdayOf, weekdayWords } from "./clock.ts";

afterEach(() => {
	language.value = "ne";
	vi.unstubAllEnvs();
});

it("tells the time of Nepal wherever the device is", () => {
	for (const zone of ["UTC", "Europe/Oslo", "America/Los_Angeles"]) {
		vi.stubEnv("TZ", zone);
		expect(clockInNepal("2026-11-29T04:15:00Z")).toBe("10:00");
		expect(clockInNepal("2026-11-29T18:15:00Z")).toBe("00:00");
		expect(weekdayOf("2026-11-29")).toBe(0);
	}
});

describe("a time in words", () => {
	it("is said by the part of the day in Nepali", () => {
		expect(timeWords("07:00")).toBe("बिहान ७:००");
		expect(timeWords("12:00")).toBe("दिउँसो १२:००");
		expect(timeWords("13:15")).toBe("दिउँसो १:१५");
		expect(timeWords("16:30")).toBe("साँझ ४:३०");
		expect(timeWords("00:00")).toBe("राति १२:००");
		expect(spanWords("07:00", "09:00")).toBe("बिहान ७:०० – ९:००");
		expect(spanWords("10:00", "13:00")).toBe("बिहान १०:०० – दिउँसो १:००");
	});

	it("is read off the clock in English and Norwegian", () => {
		language.value = "nb";
		expect(timeWords("16:30")).toBe("16:30");
		expect(spanWords("07:00", "09:00")).toBe("07:00–09:00");
		expect(weekdayWords(0)).toBe("søndag");
	});
});
