import { describe, expect, it } from "vitest";
import { emptyHelpline, helplineFaults, sameHelpline, sentHelplines } from "./helplines.ts";
import type { Helpline } from "./types.ts";

const women: Helpline = {
	id: "hlp_a",
	name: { ne: "महिला आयोग" },
	number: "1145",
	source: "nwc.gov.np",
	checked: "2026-11-01",
	owner: "coordinator",
	old: false,
	shipped: false,
};

describe("a number to call", () => {
	it("wants a name in one language, digits, a source and a day", () => {
		expect(helplineFaults(women).size).toBe(0);
		expect([...helplineFaults(emptyHelpline("new-1")).keys()]).toEqual([
			"name",
			"number",
			"source",
			"checked",
		]);
		expect(helplineFaults({ ...women, number: "call us" }).get("number")).toBe("digits");
		expect(helplineFaults({ ...women, number: "+977 1-4200" }).size).toBe(0);
	});

	it("is the same however it is spaced, whether or not it grew old", () => {
		expect(sameHelpline(women, { ...women, number: " 1145 ", old: true })).toBe(true);
		expect(sameHelpline(women, { ...women, checked: "2026-11-02" })).toBe(false);
		expect(sameHelpline(women, undefined)).toBe(false);
	});

	it("goes to the server without what is the server's own, a new one without an id", () => {
		const sent = sentHelplines({
			hlp_a: women,
			"new-1": { ...women, id: "new-1", name: { ne: " क ", en: "" } },
		});
		expect(sent[0]).toEqual({
			id: "hlp_a",
			name: { ne: "महिला आयोग" },
			number: "1145",
			source: "nwc.gov.np",
			checked: "2026-11-01",
			owner: "coordinator",
		});
		expect(sent[1]).not.toHaveProperty("id");
		expect(sent[1]?.name).toEqual({ ne: "क" });
	});
});
