import type { VNode } from "preact";
import { afterEach, expect, it } from "vitest";
import { Problem } from "../lib/api/index.ts";
import { language, m } from "../lib/words/index.ts";
import { fetchFaultWords } from "../lib/words/told.ts";
import { Told } from "./trouble.tsx";

afterEach(() => {
	language.value = "ne";
});

const told = (problem: Problem) =>
	Told({ problem }) as VNode<{ tone: string; title?: string; children: string }>;

// PWA-05: nothing waits on the phone to be sent later, so nothing may say that it was
// saved, or that it went.
it.each([
	["ne", /सकिएन/, /सुरक्षित|राखियो|राखिएको|पठाइयो/],
	["en", /could not be sent/i, /\bsaved?\b|\bkept\b|\bsafe\b|was sent/i],
	["nb", /ikke sendt/i, /lagret|trygt|ble sendt/i],
] as const)(
	"without a net it says in %s that it wasn't sent, and never that it is saved",
	(tongue, not, done) => {
		language.value = tongue;
		const { tone, title, children } = told(new Problem("offline", "request.unreached")).props;
		expect(tone).toBe("warn");
		expect(title).toBe(m["state.offline"]());
		expect(children).toMatch(not);
		expect(`${title} ${children}`).not.toMatch(done);
	},
);

it("what the server refused is not told as a line that broke, nor as done", () => {
	language.value = "en";
	for (const problem of [
		new Problem("refused", "request.stale", 412),
		new Problem("broken", "server.failed", 502),
		new Problem("refused", "request.invalid", 422, [{ field: "alias", code: "registration.alias_missing" }]),
	]) {
		const { tone, title } = told(problem).props;
		expect(tone).toBe("bad");
		expect(title).toBeUndefined();
	}
});

it("what the server named of its own side is told in its words, though it says when to try again", async () => {
	language.value = "en";
	await fetchFaultWords();
	for (const [code, status, wait, words] of [
		["store.full", 507, null, m["fault.store.full"]],
		["store.away", 503, 5, m["fault.store.away"]],
		["store.unknown", 503, 5, m["fault.store.unknown"]],
		["server.busy", 503, 1, m["fault.server.busy"]],
		["record.unreadable", 500, null, m["fault.record.unreadable"]],
	] as const) {
		const { tone, children } = told(new Problem("broken", code, status, [], wait, "req_river")).props;
		expect(tone).toBe("bad");
		expect([children].flat()[0], code).toBe(words());
	}
	for (const code of ["server.trouble", "server.failed", "page.failed"]) {
		const { children } = told(new Problem("broken", code, 500)).props;
		expect([children].flat()[0], code).toBe(m["state.broken"]());
	}
});
