import { afterEach, describe, expect, it } from "vitest";
import { language, m } from "../lib/words/index.ts";
import { amountWords, clockOf, fieldName, limitWords, valueWords } from "./words.ts";

afterEach(() => {
	language.value = "ne";
});

const limits = [{ key: "memberIdle", unit: "minutes" as const, value: 10, usual: 10, least: 2, most: 30 }];

it("a number is said with what it counts, one and many", () => {
	expect(amountWords(10, "minutes")).toBe("१० मिनेट");
	language.value = "en";
	expect([amountWords(1, "months"), amountWords(12, "months")]).toEqual(["1 month", "12 months"]);
});

it("a time limit for matters is said by category and step", () => {
	expect(clockOf("memberIdle")).toBeNull();
	expect(clockOf("clock.money.decide")).toEqual({ category: "money", step: "decide" });
	expect(limitWords("clock.money.decide")).toBe(`${m["talk.cat5"]()}: ${m["set.clock.decide"]()}`);
});

describe("a line of the history", () => {
	it("says what was changed and the number with its unit", () => {
		expect(fieldName("limits.memberIdle")).toBe(m["set.limit.memberIdle"]());
		expect(valueWords("limits.memberIdle", "15", limits)).toBe("१५ मिनेट");
		expect(valueWords("limits.gone", "15", limits)).toBe("१५");
	});

	it("says days, roles, digits and languages as they are said on the page", () => {
		const line = valueWords("helplines", "1145 · महिला आयोग · nwc.gov.np · 2026-11-26 · coordinator", limits);
		expect(line).toBe(`११४५ · महिला आयोग · nwc.gov.np · २०८३ मंसिर १० · ${m["role.coordinator"]()}`);
		expect(valueWords("languages", "ne nb", limits)).toBe("नेपाली, Norsk");
	});
});
