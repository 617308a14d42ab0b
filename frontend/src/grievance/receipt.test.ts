import { expect, it } from "vitest";
import { digitGroups, isReceipt, lastFourMatch, lastFourTyped, receiptDigits } from "./receipt.ts";

const receipt = "48271903556120741234";

it.each([
	["as it was shown", "4827 1903 5561 2074 1234"],
	["with hyphens", "4827-1903-5561-2074-1234"],
	["in Nepali digits", "४८२७ १९०३ ५५६१ २०७४ १२३४"],
	["in both kinds of digits", "४८२७1903५५६१2074१२३४"],
	["with spaces that do not break", "4827\u00a01903\u00a05561\u202f2074\u00a01234"],
	["with characters without width", "4827\u200b1903\u200d5561\ufeff2074\u200c1234"],
	["with a line's end", "4827 1903 5561\r\n2074 1234\n"],
])("a receipt is read %s", (_, typed) => {
	expect(receiptDigits(typed)).toBe(receipt);
});

it("letters are not taken for digits", () => {
	expect(receiptDigits("O827l903")).toBe("827903");
});

it("a receipt is shown in five groups of four, and a part of one as far as it goes", () => {
	expect(digitGroups(receipt)).toEqual(["4827", "1903", "5561", "2074", "1234"]);
	expect(digitGroups("482719")).toEqual(["4827", "19"]);
	expect(digitGroups("")).toEqual([]);
});

it("the last four match in either kind of digits, and nothing shorter or longer does", () => {
	expect(lastFourMatch(receipt, "1234")).toBe(true);
	expect(lastFourMatch(receipt, " १२३४ ")).toBe(true);
	expect(lastFourMatch(receipt, "4321")).toBe(false);
	expect(lastFourMatch(receipt, "234")).toBe(false);
	expect(lastFourMatch(receipt, "41234")).toBe(false);
	expect(lastFourTyped("12")).toBe(false);
	expect(lastFourTyped("१२३४")).toBe(true);
});

it("one wrong digit, or two that changed places, are found before sending", () => {
	const right = "48271903556120741225";
	expect(isReceipt(right)).toBe(true);
	for (let at = 0; at < right.length; at++) {
		const other = String((Number(right[at]) + 1) % 10);
		expect(isReceipt(right.slice(0, at) + other + right.slice(at + 1))).toBe(false);
		const [a = "", b = ""] = right.slice(at, at + 2);
		if (b && a !== b) expect(isReceipt(right.slice(0, at) + b + a + right.slice(at + 2))).toBe(false);
	}
	expect(isReceipt(right.slice(1))).toBe(false);
	expect(isReceipt("")).toBe(false);
});
