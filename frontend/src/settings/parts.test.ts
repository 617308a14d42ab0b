import { describe, expect, it } from "vitest";
import { changedParts, isNew, meetingOf, newKey, taking, without } from "./parts.ts";

const same = (a: string | undefined, b: string | undefined) => a === b;
const base = { women: "1145", child: "1098", police: "100" };

it("a change is what differs, what was added and what was taken away", () => {
	expect(changedParts(base, base, same)).toEqual([]);
	expect(changedParts(base, { women: "1146", child: "1098", "new-1": "104" }, same)).toEqual([
		"women",
		"new-1",
		"police",
	]);
});

describe("two people changing one section", () => {
	it("keeps both changes where they touch different parts", () => {
		const { contested, merged } = meetingOf(base, { ...base, women: "1146" }, without(base, "child"), same);
		expect(contested).toEqual([]);
		expect(merged).toEqual({ women: "1146", police: "100" });
	});

	it("asks where both changed one part differently, and loses neither", () => {
		const mine = { ...base, women: "1146", "new-1": "104" };
		const theirs = { ...base, women: "1147", police: "101" };
		const { contested, merged } = meetingOf(base, mine, theirs, same);
		expect(contested).toEqual(["women"]);
		expect(merged).toEqual({ women: "1146", child: "1098", police: "101", "new-1": "104" });
		expect(taking(merged, theirs, contested).women).toBe("1147");
	});

	it("asks where one took away what the other changed", () => {
		const { contested, merged } = meetingOf(base, without(base, "child"), { ...base, child: "1099" }, same);
		expect(contested).toEqual(["child"]);
		expect(merged).not.toHaveProperty("child");
	});

	it("does not ask where both wrote the same", () => {
		const both = { ...base, police: "101" };
		expect(meetingOf(base, both, both, same).contested).toEqual([]);
	});
});

it("what is new has a key of its own until it is saved", () => {
	expect(newKey(base)).toBe("new-1");
	expect(newKey({ "new-1": "" })).toBe("new-2");
	expect([isNew("new-2"), isNew("hlp_a")]).toEqual([true, false]);
});
