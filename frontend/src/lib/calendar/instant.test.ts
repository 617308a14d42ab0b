import { afterEach, describe, expect, it, vi } from "vitest";
import zones from "../../../../models/calendar/testdata/tz_vectors.csv?raw";
import { language } from "../words/index.ts";
import {
	addDays,
	clockDigits,
	clockInNepal,
	clockShort,
	clockWords,
	daysBetween,
	elsewhere,
	hereClock,
	nepalClock,
	partOf,
	shortDay,
	weekdayOf,
	weekdayShort,
	weekdayWords,
	zoneWords,
} from "./index.ts";

const written = ({ day, hour, minute }: { day: string; hour: number; minute: number }) =>
	`${day}T${[hour, minute].map((n) => String(n).padStart(2, "0")).join(":")}`;

afterEach(() => {
	vi.unstubAllEnvs();
	language.value = "ne";
});

describe("an instant", () => {
	it("stands on Nepal's clock, and on the device's, as the vectors say", () => {
		vi.stubEnv("TZ", "Europe/Oslo");
		for (const [utc = "", nepal = "", offset, , , oslo = ""] of rows(zones)) {
			expect(offset).toBe("+05:45");
			expect(written(nepalClock(utc))).toBe(nepal.slice(0, 16));
			expect(written(hereClock(utc))).toBe(oslo.slice(0, 16));
		}
	});

	it("keeps its quarter hour in Nepal while summer time moves the device's clock", () => {
		vi.stubEnv("TZ", "Europe/Oslo");
		for (const [day, here] of [
			["2026-03-26", "10:15"],
			["2026-04-02", "11:15"],
			["2026-10-22", "11:15"],
			["2026-10-29", "10:15"],
		] as const) {
			const instant = `${day}T09:15:00Z`;
			expect(written(nepalClock(instant))).toBe(`${day}T15:00`);
			expect(written(hereClock(instant))).toBe(`${day}T${here}`);
		}
	});

	it("is said to be Nepal's where the device's clock shows another", () => {
		const at = "2026-11-28T11:13:00Z";
		vi.stubEnv("TZ", "Asia/Kathmandu");
		expect(clockInNepal(at)).toBe("दिउँसो ४:५८");
		vi.stubEnv("TZ", "Europe/Oslo");
		expect(clockInNepal(at)).toBe("नेपालमा दिउँसो ४:५८");
		language.value = "nb";
		expect(clockInNepal(at)).toBe("16.58 i Nepal");
		language.value = "en";
		expect(clockInNepal(at, clockDigits)).toBe("4:58 in Nepal");
	});

	it("lays round Nepali hours where they are, whatever the device's zone", () => {
		for (const zone of ["UTC", "Europe/Oslo", "Asia/Kathmandu", "Pacific/Auckland"]) {
			vi.stubEnv("TZ", zone);
			const starts = ["2026-11-29T04:15:00Z", "2026-11-29T05:15:00Z", "2026-11-29T06:15:00Z"];
			expect(starts.map((start) => written(nepalClock(start)))).toEqual([
				"2026-11-29T10:00",
				"2026-11-29T11:00",
				"2026-11-29T12:00",
			]);
		}
	});

	it("is told in both zones only where they differ", () => {
		language.value = "en";
		vi.stubEnv("TZ", "Asia/Kathmandu");
		expect(elsewhere("2026-11-29T08:15:00Z")).toBe(false);
		expect(zoneWords("2026-11-29T08:15:00Z")).toBeNull();
		vi.stubEnv("TZ", "Europe/Oslo");
		expect(zoneWords("2026-11-29T08:15:00Z")).toBe(
			"morning at 9:15 where you are, afternoon at 2:00 in Nepal",
		);
		expect(zoneWords("2026-11-28T22:15:00Z")).toBe(
			"Saturday night at 11:15 where you are, morning at 4:00 in Nepal",
		);
		language.value = "nb";
		expect(zoneWords("2026-11-29T08:15:00Z")).toBe("Kl. 09.15 der du er, 14.00 i Nepal");
		expect(zoneWords("2026-11-28T22:15:00Z")).toBe("Kl. 23.15 lørdag der du er, 04.00 i Nepal");
	});
});

describe("a time of day", () => {
	it.each([
		["ne", "दिउँसो २:०० बजे", "दिउँसो २:००", "२:००"],
		["en", "afternoon at 2:00", "afternoon 2:00", "2:00"],
		["nb", "ettermiddag kl. 14.00", "14.00", "14.00"],
	] as const)("in %s is %s", (code, words, short, digits) => {
		language.value = code;
		expect(clockShort({ hour: 14, minute: 0 })).toBe(short);
		expect(clockWords({ hour: 14, minute: 0 })).toBe(words);
		expect(clockDigits({ hour: 14, minute: 0 })).toBe(digits);
	});

	it("says noon and midnight with twelve", () => {
		expect(clockDigits({ hour: 12, minute: 15 })).toBe("१२:१५");
		expect(clockDigits({ hour: 0, minute: 45 })).toBe("१२:४५");
	});

	it.each([
		[3, "night"],
		[4, "morning"],
		[11, "morning"],
		[12, "day"],
		[16, "day"],
		[17, "evening"],
		[20, "night"],
	])("at %i is part of the %s", (hour, part) => {
		expect(partOf(hour)).toBe(part);
	});
});

describe("a day", () => {
	it("has its weekday, the week beginning on Sunday", () => {
		expect(weekdayOf("2026-11-29")).toBe(0);
		expect(weekdayWords(weekdayOf("2026-11-30"))).toBe("सोमबार");
		expect(weekdayShort(6)).toBe("शनि");
	});

	it("is counted from another over months and years", () => {
		expect(addDays("2026-12-25", 14)).toBe("2027-01-08");
		expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
		expect(daysBetween("2026-11-26", "2026-12-10")).toBe(14);
	});

	it.each([
		["ne", "मंसिर १४"],
		["en", "14 Mangsir"],
		["nb", "30. november"],
	] as const)("is short in %s", (code, words) => {
		language.value = code;
		expect(shortDay("2026-11-30")).toBe(words);
	});
});

function rows(csv: string): string[][] {
	return csv
		.trim()
		.split("\n")
		.slice(1)
		.map((line) => line.split(","));
}
