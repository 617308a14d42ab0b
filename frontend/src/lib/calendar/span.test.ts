import { afterEach, expect, it } from "vitest";
import { language } from "../words/index.ts";
import { spanWords } from "./span.ts";

afterEach(() => {
	language.value = "ne";
});

const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u2060", "");

it("says a span by the part of the day, again only where it changes", () => {
	expect(plain(spanWords("07:00", "09:00"))).toBe("बिहान ७:०० – ९:००");
	expect(plain(spanWords("10:00", "13:15"))).toBe("बिहान १०:०० – दिउँसो १:१५");
	language.value = "en";
	expect(plain(spanWords("07:00", "09:00"))).toBe("morning 7:00 – 9:00");
	language.value = "nb";
	expect(plain(spanWords("07:00", "09:00"))).toBe("07.00–09.00");
});
