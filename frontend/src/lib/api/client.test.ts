import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, Intention, type Problem, whenAbsent, whenMissing } from "./index.ts";

interface Sent {
	url: string;
	method: string;
	headers: Record<string, string>;
	body: unknown;
	credentials: RequestCredentials | undefined;
}

let sent: Sent[] = [];
let answers: (Response | Error)[] = [];

beforeEach(() => {
	sent = [];
	answers = [];
	vi.stubGlobal("fetch", (url: string, request: RequestInit) => {
		sent.push({
			url,
			method: request.method ?? "GET",
			headers: { ...(request.headers as Record<string, string>) },
			body: request.body,
			credentials: request.credentials,
		});
		const answer = answers.shift() ?? new Error("no answer set");
		return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
	});
});

const ok = (body: unknown, headers = {}) => new Response(JSON.stringify(body), { status: 200, headers });
const refused = (status: number, body: unknown, headers = {}) =>
	new Response(JSON.stringify(body), { status, headers });
const problemOf = (promise: Promise<unknown>) =>
	promise.then(
		() => expect.fail("it went through"),
		(trouble) => trouble as Problem,
	);

describe("one intention", () => {
	const body = { group: "grp_1" };
	const approve = (intention: Intention, words: { group?: string } = body) =>
		api.post("/api/members/{id}/approve", { path: { id: "mem_1" }, body: words, intention });

	it("keeps its key while the line breaks, and gets another once it is answered", async () => {
		const intention = new Intention();
		answers = [new TypeError("network"), refused(503, { code: "server.busy" }), ok({}), ok({})];
		await problemOf(approve(intention));
		await problemOf(approve(intention));
		await approve(intention);
		await approve(intention);
		const keys = sent.map((s) => s.headers["Idempotency-Key"]);
		expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{16,128}$/);
		expect(new Set(keys.slice(0, 3)).size).toBe(1);
		expect(keys[3]).not.toBe(keys[0]);
	});

	it("is another one with other words", async () => {
		const intention = new Intention();
		answers = [new TypeError("network"), ok({})];
		await problemOf(approve(intention));
		await approve(intention, { group: "grp_2" });
		expect(sent[0]?.headers["Idempotency-Key"]).not.toBe(sent[1]?.headers["Idempotency-Key"]);
	});
});

it("fills and escapes the address, and leaves out what is not asked", async () => {
	answers = [ok({ items: [], next: null }), ok({})];
	await api.get("/api/members", { query: { q: "माया & co", group: "" } });
	await api.get("/api/members/{id}", { path: { id: "a/b" } });
	expect(sent.map((s) => s.url)).toEqual([
		`/api/members?q=${new URLSearchParams({ q: "माया & co" }).toString().slice(2)}`,
		"/api/members/a%2Fb",
	]);
	expect(sent[0]?.headers).toEqual({});
});

it("names the version of what it changes, and hands on the new one", async () => {
	answers = [ok({ alias: "x" }, { ETag: '"8"' })];
	const { version } = await api.patch("/api/me", { body: { alias: "x" }, version: '"7"' });
	expect(sent[0]?.headers["If-Match"]).toBe('"7"');
	expect(version).toBe('"8"');
});

it("goes without her cookie where it is open to anyone, and only there", async () => {
	answers = [ok({}), ok({}), ok({}), ok({})];
	const body = { handle: "a-b-c", passphrase: "…" };
	await api.get("/api/organisation", { open: true });
	await api.post("/api/session", { body, open: true });
	await api.get("/api/organisation");
	await api.post("/api/session", { body });
	expect(sent.map((s) => s.credentials)).toEqual(["omit", "omit", undefined, undefined]);
});

it("sends a file as a form", async () => {
	answers = [ok({})];
	const file = new File(["a,b"], "list.csv");
	await api.post("/api/register-imports", { body: file, intention: new Intention() });
	expect(sent[0]?.body).toBeInstanceOf(FormData);
	expect(sent[0]?.headers["Content-Type"]).toBeUndefined();
});

describe("a problem", () => {
	it("carries code, fields and the wait", async () => {
		const fields = [{ field: "alias", code: "registration.alias_missing" }, "nonsense"];
		answers = [refused(429, { code: "session.slow_down", fields }, { "Retry-After": "7" })];
		const problem = await problemOf(api.get("/api/me"));
		expect(problem).toMatchObject({ kind: "refused", code: "session.slow_down", status: 429, retryAfter: 7 });
		expect(problem.of("alias")).toEqual([fields[0]]);
		expect(problem.fields).toHaveLength(1);
	});

	it("is `offline` when the server was not reached and `broken` when it failed", async () => {
		answers = [new TypeError("network"), new Response("<html>", { status: 502 })];
		expect((await problemOf(api.get("/api/me"))).kind).toBe("offline");
		expect(await problemOf(api.get("/api/me"))).toMatchObject({ kind: "broken", code: "server.failed" });
	});

	it("is told when what a page asks for isn't there for her, and not of what she sends or asks openly", async () => {
		const missing = vi.fn();
		whenMissing(missing);
		const absent = () => refused(404, { code: "request.absent" });
		answers = [absent(), absent(), refused(404, { code: "support.no_such_slot" }), absent()];
		await problemOf(api.get("/api/talk", { open: true }));
		await problemOf(api.post("/api/requests/{id}/approve", { path: { id: "req_1" }, body: {} }));
		await problemOf(api.get("/api/me"));
		expect(missing).not.toHaveBeenCalled();
		await problemOf(api.get("/api/desk"));
		expect(missing).toHaveBeenCalledOnce();
		whenMissing(() => undefined);
	});

	it("tells when she is no longer known, but not when that was the question", async () => {
		const told = vi.fn();
		whenAbsent(told);
		answers = [refused(401, { code: "session.absent" }), refused(401, { code: "session.absent" })];
		await problemOf(api.get("/api/session"));
		expect(told).not.toHaveBeenCalled();
		await problemOf(api.get("/api/me"));
		expect(told).toHaveBeenCalledOnce();
	});
});
