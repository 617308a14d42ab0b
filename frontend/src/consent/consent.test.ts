import { expect, it } from "vitest";
import type { ConsentText } from "../lib/api/index.ts";
import { given } from "./texts.ts";

const text = (purpose: string): ConsentText => ({
	purpose,
	recipient: "organisation",
	version: "1",
	language: "ne",
	text: "…",
	optional: purpose !== "membership",
	optOut: false,
	validMonths: 36,
	asked: "joining",
	recordings: [],
});

it("gives only what was ticked, as the very text that was read", () => {
	const texts = [text("membership"), text("coordinator_phone")];
	expect(given(texts, {})).toEqual([]);
	expect(given(texts, { membership: true, coordinator_phone: false, unknown: true })).toEqual([
		{ purpose: "membership", version: "1", language: "ne" },
	]);
});
