import { afterEach, expect, it } from "vitest";
import { language } from "../lib/words/index.ts";
import { dateWords, daysWords, lastQuarters, quarterWords } from "./quarter.ts";

afterEach(() => {
	language.value = "ne";
});

it.each([
	["2026-11-26", ["2026-3", "2026-2", "2026-1", "2025-4", "2025-3"]],
	["2027-01-01", ["2026-4", "2026-3", "2026-2", "2026-1", "2025-4"]],
	["2026-03-31", ["2025-4", "2025-3", "2025-2", "2025-1", "2024-4"]],
])("on %s the quarters that are over are %j", (today, expected) => {
	expect(lastQuarters(today, 5)).toEqual(expected);
});

it("a quarter is said in the language on screen, Gregorian first but in Nepali", () => {
	const days = { from: "2026-07-01", to: "2026-09-30" };
	expect(quarterWords("2026-3")).toContain("२०२६");
	expect(daysWords(days)).toContain("२०८३ असार १७");
	expect(daysWords(days, true)).toContain("२०२६ जुलाई १");
	language.value = "nb";
	expect(quarterWords("2026-3")).toBe("3. kvartal 2026");
	expect(daysWords(days)).toBe("1. juli 2026 til 30. september 2026");
	language.value = "en";
	expect(daysWords(days)).toBe("1 July 2026 to 30 September 2026");
	expect(dateWords("2026-10-12")).toBe("12 October 2026");
});
