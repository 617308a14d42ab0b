import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, Intention, type Problem, whenAbsent, whenProofNeeded } from "./index.ts";

type Answering = (url: string, request: RequestInit) => Response | Promise<Response>;
let server: Answering;
let sent: { url: string; key: string | undefined; body: unknown }[] = [];

beforeEach(() => {
	sent = [];
	whenAbsent(() => undefined);
	vi.stubGlobal("fetch", async (url: string, request: RequestInit) => {
		const headers = request.headers as Record<string, string>;
		sent.push({ url, key: headers["Idempotency-Key"], body: request.body });
		return server(url, request);
	});
});

const ok = () => new Response("{}", { status: 200 });
const refused = (status: number, code: string) => new Response(JSON.stringify({ code }), { status });
const problemOf = (promise: Promise<unknown>) =>
	promise.then(
		() => expect.fail("it went through"),
		(trouble) => trouble as Problem,
	);
const proof = "/api/session/proof";
const prove = () => api.post(proof, { body: { passphrase: "…" } });
const asked = (url: string) => sent.filter((s) => s.url === url);

/** A server that wants a proof before all else, and takes the next one. */
function wary(): Answering {
	let proved = false;
	return (url) => {
		if (url === proof) proved = true;
		return proved ? ok() : refused(403, "session.proof_needed");
	};
}

describe("what needs a fresh proof", () => {
	it("is sent again as it was, with the same key, once she has proved that it is she", async () => {
		server = wary();
		whenProofNeeded(() => prove().then(() => true));
		const intention = new Intention();
		await api.post("/api/members/{id}/approve", { path: { id: "mem_1" }, body: {}, intention });
		expect(sent.map((s) => s.url)).toEqual([
			"/api/members/mem_1/approve",
			proof,
			"/api/members/mem_1/approve",
		]);
		expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/);
		expect(sent[2]).toEqual(sent[0]);
	});

	it("is a calm problem when she would rather not, and keeps its key for another press", async () => {
		server = wary();
		const intention = new Intention();
		const press = () => api.post("/api/members/{id}/approve", { path: { id: "mem_1" }, body: {}, intention });
		whenProofNeeded(() => Promise.resolve(false));
		expect(await problemOf(press())).toMatchObject({ kind: "refused", code: "session.proof_needed" });
		whenProofNeeded(() => prove().then(() => true));
		await press();
		expect(new Set(asked("/api/members/mem_1/approve").map((s) => s.key)).size).toBe(1);
	});

	it("asks her once for all that wait, and not for what was on its way meanwhile", async () => {
		server = wary();
		const ask = vi.fn(() => prove().then(() => true));
		whenProofNeeded(ask);
		let late: (response: Response) => void = () => undefined;
		const answering = server;
		const tardy = new Promise<Response>((done) => {
			late = done;
		});
		let first = true;
		server = (url, request) => {
			if (url !== "/api/desk" || !first) return answering(url, request);
			first = false;
			return tardy;
		};
		const slow = api.get("/api/desk");
		await Promise.all([api.get("/api/me"), api.get("/api/members"), api.get("/api/settings")]);
		late(refused(403, "session.proof_needed"));
		await slow;
		expect(ask).toHaveBeenCalledOnce();
	});

	it("is sent again once only, whatever the server says", async () => {
		server = (url) => (url === proof ? ok() : refused(403, "session.proof_needed"));
		const ask = vi.fn(() => prove().then(() => true));
		whenProofNeeded(ask);
		expect((await problemOf(api.get("/api/me"))).code).toBe("session.proof_needed");
		expect(asked("/api/me")).toHaveLength(2);
		expect(ask).toHaveBeenCalledOnce();
	});

	it("hands on why she could not be asked", async () => {
		server = wary();
		whenProofNeeded(() => Promise.reject(new TypeError("no file")));
		await expect(api.get("/api/me")).rejects.toBeInstanceOf(TypeError);
		whenProofNeeded(() => prove().then(() => true));
		await api.get("/api/me");
	});
});

describe("what was on its way with the old cookie", () => {
	it("is sent again with the new one, and she stays signed in", async () => {
		const absent = vi.fn();
		whenAbsent(absent);
		let renewed: () => void = () => undefined;
		const renewal = new Promise<void>((done) => {
			renewed = done;
		});
		server = async (url) => {
			if (url !== proof) return asked(url).length > 1 ? ok() : refused(401, "session.renewed");
			await renewal;
			return ok();
		};
		const proving = prove();
		const reading = api.get("/api/me");
		renewed();
		await Promise.all([proving, reading]);
		expect(absent).not.toHaveBeenCalled();
	});

	it("tells that she is gone when there is no new one", async () => {
		const absent = vi.fn();
		whenAbsent(absent);
		server = () => refused(401, "session.renewed");
		await problemOf(api.get("/api/me"));
		expect(absent).toHaveBeenCalledOnce();
		expect(sent).toHaveLength(2);
		server = () => refused(401, "session.absent");
		await problemOf(prove());
		await problemOf(api.get("/api/me"));
		expect(absent).toHaveBeenCalledTimes(3);
		expect(sent).toHaveLength(4);
	});

	it("wrong words sign nobody out", async () => {
		const absent = vi.fn();
		whenAbsent(absent);
		server = () => refused(401, "session.proof_wrong");
		expect((await problemOf(prove())).code).toBe("session.proof_wrong");
		expect(absent).not.toHaveBeenCalled();
	});
});

describe("whose work has come to ask for more than she showed", () => {
	it("comes in again, but not where that very thing is asked of her", async () => {
		const absent = vi.fn();
		whenAbsent(absent);
		server = () => refused(401, "session.factor_needed");
		await problemOf(prove());
		await problemOf(api.post("/api/factors/totp", { body: {} }));
		await problemOf(api.get("/api/factors"));
		expect(absent).not.toHaveBeenCalled();
		await problemOf(api.get("/api/settings"));
		expect(absent).toHaveBeenCalledOnce();
	});

	it("goes on under another cookie once she gave it, and so does what was on its way", async () => {
		const give = "/api/session/factor/totp";
		server = (url) => (url === give || asked(url).length > 1 ? ok() : refused(401, "session.renewed"));
		await Promise.all([api.post(give, { body: { code: "123456" } }), api.get("/api/session")]);
		expect(asked("/api/session")).toHaveLength(2);
	});
});
