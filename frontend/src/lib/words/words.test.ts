import { afterEach, describe, expect, it } from "vitest";
import { faultWords } from "./fault.ts";
import { asciiDigits, firstLanguage, language, localised, m, number, numerals } from "./index.ts";

afterEach(() => {
	language.value = "ne";
});

describe("the first language", () => {
	it.each([
		[["ne-NP", "en-US"], 0, "ne"],
		[["en-GB", "ne"], -60, "ne"],
		[["en-US"], -345, "ne"],
		[["nb-NO", "en"], -60, "nb"],
		[["nn"], -60, "nb"],
		[["no"], -60, "nb"],
		[["de", "en-US"], 0, "en"],
		[["hi-IN"], -330, "ne"],
		[[], 0, "ne"],
	] as const)("of %j, %d minutes behind UTC, is %s", (wanted, minutes, expected) => {
		expect(firstLanguage(wanted, minutes)).toBe(expected);
	});
});

describe("numbers", () => {
	it("have Nepali digits and grouping in Nepali only", () => {
		expect(String(number(1234567))).toBe("१२,३४,५६७");
		expect(String(number(999))).toBe("९९९");
		expect(numerals("98-41")).toBe("९८-४१");
		language.value = "en";
		expect(String(number(1234567))).toBe("1,234,567");
		language.value = "nb";
		expect(String(number(12345))).toBe("12\u00a0345");
		expect(String(number(-2.5))).toBe("\u22122,5");
	});

	it("choose the form of the word and read in the digits of the language", () => {
		expect(m["members.count"]({ count: number(12) })).toBe("१२ जना");
		language.value = "en";
		expect(m["members.count"]({ count: number(1) })).toBe("1 person");
		expect(m["members.count"]({ count: number(2) })).toBe("2 people");
	});

	it("are taken in both kinds of digits", () => {
		expect(asciiDigits("९८४१-23")).toBe("9841-23");
	});
});

it("a name falls back to Nepali, then to English", () => {
	language.value = "nb";
	expect(localised({ ne: "नदीपारि", en: "Nadipari" })).toBe("नदीपारि");
	expect(localised({ en: "Nadipari" })).toBe("Nadipari");
	expect(localised({})).toBe("");
});

describe("faults", () => {
	it("are said in the language on screen, with its digits", () => {
		expect(faultWords("passphrase.too_short", { min: "12", have: "5" })).toContain("१२");
		language.value = "en";
		expect(faultWords("session.refused")).toMatch(/name or the words/);
	});

	it("tell a day, or the Nepali day of an instant, in the calendar of the language", () => {
		expect(faultWords("account.held", { day: "2026-12-04" })).toContain("२०८३ मंसिर १८");
		expect(faultWords("account.held", { day: "2026-12-03T20:00:00Z" })).toContain("२०८३ मंसिर १८");
		language.value = "nb";
		expect(faultWords("account.held", { day: "2026-12-04" })).toContain("4. desember 2026");
	});

	it("show what a person wrote as she wrote it", () => {
		expect(faultWords("phone.several", { value: "9841/9842" })).toContain("9841/9842");
	});

	it("without words of their own get the general sentence and the code", () => {
		language.value = "en";
		expect(faultWords("new.code")).toBe(`${m["state.broken"]()} (new.code)`);
	});
});
