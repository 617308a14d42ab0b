import { expect, it } from "vitest";
import type { Asked } from "./api.ts";
import { isOpenTo } from "./words.ts";

const granted = { state: "approved", mine: true, ends: "2026-11-28T11:13:00Z" } as Asked;

it("takes for open what was granted to her, until its end and not longer", () => {
	const before = Date.parse("2026-11-28T11:12:59Z");
	expect(isOpenTo(granted, before)).toBe(true);
	expect(isOpenTo(granted, Date.parse("2026-11-28T11:13:00Z"))).toBe(false);
	expect(isOpenTo({ ...granted, mine: false }, before)).toBe(false);
	expect(isOpenTo({ ...granted, state: "waiting" }, before)).toBe(false);
	expect(isOpenTo({ ...granted, ends: null }, before)).toBe(false);
});
