import { describe, expect, it } from "vitest";
import { changeOf, conflictOf, type Written } from "./change.ts";

const base: Written = {
	name: "सीता",
	phone: "+9779841000001",
	birth: { precision: "day", day: "1988-05-28" },
	group: "grp_a",
};

describe("a correction", () => {
	it("sends only what was changed", () => {
		expect(changeOf(base, { ...base, name: " सीता " })).toBeNull();
		expect(changeOf(base, { ...base, birth: { precision: "day", day: "1988-05-28" } })).toBeNull();
		expect(changeOf(base, { ...base, phone: "", group: "grp_b" })).toEqual({ phone: "", group: "grp_b" });
		expect(changeOf(base, { ...base, birth: { precision: "year", bsYear: 2045 } })).toEqual({
			birth: { precision: "year", bsYear: 2045 },
		});
	});
});

describe("two people correcting at once", () => {
	it("keeps both changes where they touch different fields", () => {
		const { contested, merged } = conflictOf(base, { ...base, name: "सिता" }, { ...base, phone: "" });
		expect(contested).toEqual([]);
		expect(merged).toEqual({ ...base, name: "सिता", phone: "" });
	});

	it("asks where both changed one field differently, and loses neither", () => {
		const mine = { ...base, name: "सिता", birth: { precision: "year" as const, bsYear: 2045 } };
		const theirs = { ...base, name: "गीता", group: "grp_b" };
		const { contested, merged } = conflictOf(base, mine, theirs);
		expect(contested).toEqual(["name"]);
		expect(merged).toEqual({ ...mine, group: "grp_b" });
	});

	it("does not ask where both wrote the same", () => {
		const both = { ...base, birth: { precision: "unknown" as const } };
		expect(conflictOf(base, both, both).contested).toEqual([]);
	});
});
