import { describe, expect, it } from "vitest";
import grid from "../../../models/access/testdata/grid.md?raw";
import { m } from "../lib/words/index.ts";
import { actWords, linesOf } from "./words.ts";

describe("what was done", () => {
	// Every action of the policy, as a board member reads them in the grid.
	const actions = [...grid.matchAll(/^\| ([a-zA-Z]+) \|/gm)]
		.map(([, name]) => name as string)
		.filter((name) => name !== "action");

	it("has words of its own for every action there is", () => {
		expect(actions.length).toBeGreaterThan(40);
		for (const action of actions) expect(actWords(action), action).not.toBe(m["log.act.other"]());
	});

	it("says something of an operation that nobody knows", () => {
		expect(actWords("juggle")).toBe(m["log.act.other"]());
	});
});

it("adds what is of one kind, and leaves what were a few only uncounted", () => {
	const of = (action: string, count: number, few = false) => ({
		month: "2026-11-01",
		role: "coordinator" as const,
		action,
		result: "read" as const,
		count,
		few,
	});
	const lines = linesOf([
		of("readMember", 40),
		of("listMembers", 2),
		of("readContact", 0, true),
		of("readIntake", 0, true),
	]);
	expect(lines.map(({ what, count }) => [what, count])).toEqual([
		[m["log.act.people"](), 42],
		[m["log.act.training"](), 0],
	]);
});
