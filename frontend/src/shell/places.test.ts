import { afterEach, describe, expect, it } from "vitest";
import { homeOf, session } from "../account/index.ts";
import type { Role, Session } from "../lib/api/index.ts";
import { isNarrow, isOpen, isStaff, navPlaces } from "./places.ts";

const she = (...roles: Role[]): Session => ({
	handle: "river-lamp-seven",
	organisation: { id: "org_a", name: { ne: "पिपलबोट" } },
	roles,
	idleMinutes: 10,
	demo: false,
	others: 0,
	newSince: 0,
});

function places(...roles: Role[]): string[] {
	session.value = she(...roles);
	return navPlaces().map(({ to }) => to);
}

afterEach(() => {
	session.value = undefined;
});

describe("the navigation", () => {
	it.each<[Role[], string[]]>([
		[["applicant"], ["/mine"]],
		[["member"], ["/home", "/meet", "/learn", "/talk", "/mine"]],
		[
			["member", "peerSupporter"],
			["/home", "/meet", "/hours", "/ties", "/learn", "/talk", "/mine"],
		],
		[
			["coordinator"],
			["/today", "/week", "/people", "/matters", "/courses", "/list", "/release", "/asks", "/ties", "/mine"],
		],
		[["focalPoint"], ["/matters", "/today", "/ask", "/asks", "/log", "/ties", "/read", "/settings", "/mine"]],
		[["board"], ["/matters", "/today", "/release", "/asks", "/log", "/ties", "/read", "/settings", "/mine"]],
		[["administrator"], ["/asks", "/log", "/settings", "/mine"]],
		[
			["administrator", "member"],
			["/asks", "/log", "/settings", "/home", "/meet", "/learn", "/talk", "/mine"],
		],
		[["trainer"], ["/courses", "/ties", "/mine"]],
		[["liaison"], ["/figures", "/ties", "/mine"]],
	])("of %j", (roles, expected) => {
		expect(places(...roles)).toEqual(expected);
	});

	it("puts a coordinator's own pages after those of her work", () => {
		const all = places("coordinator", "member");
		expect(all.slice(0, 4)).toEqual(["/today", "/week", "/people", "/matters"]);
		expect(all.slice(-5)).toEqual(["/home", "/meet", "/learn", "/talk", "/mine"]);
		expect(new Set(all).size).toBe(all.length);
		expect(isStaff()).toBe(true);
	});
});

it.each<[Role[], string]>([
	[["applicant"], "/mine"],
	[["member"], "/home"],
	[["member", "peerSupporter"], "/home"],
	[["member", "coordinator"], "/today"],
	[["member", "focalPoint"], "/matters"],
	[["deputy"], "/matters"],
	[["board", "member"], "/matters"],
	[["member", "trainer"], "/courses"],
	[["liaison"], "/figures"],
	[["administrator"], "/settings"],
	[["administrator", "member"], "/settings"],
	[["administrator", "coordinator", "member"], "/today"],
])("whoever is %j begins on %s", (roles, page) => {
	expect(homeOf(she(...roles))).toBe(page);
});

it("who comes to the door has a page for one hand, where her cookie is looked at as anywhere", () => {
	for (const path of ["/in", "/again", "/join"]) {
		expect(isNarrow(path), path).toBe(true);
		expect(isOpen(path), path).toBe(false);
	}
});
