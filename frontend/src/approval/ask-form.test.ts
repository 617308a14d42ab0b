import { describe, expect, it } from "vitest";
import type { Role } from "../lib/api/index.ts";
import { kindsOf } from "./ask-form.tsx";

const kinds = (...roles: Role[]) => kindsOf((...any) => any.some((role) => roles.includes(role)));

describe("what one may ask for", () => {
	it.each<[Role, string[]]>([
		["coordinator", ["role", "export"]],
		["focalPoint", ["role", "reopen", "emergency", "recovery"]],
		["deputy", ["role", "reopen", "emergency", "recovery"]],
		["board", ["role", "recovery"]],
		["administrator", ["role", "reopen"]],
		["member", []],
	])("as %s", (role, expected) => {
		expect(kinds(role)).toEqual(expected);
	});
});
