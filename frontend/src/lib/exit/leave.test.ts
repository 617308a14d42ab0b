import { beforeEach, expect, it, vi } from "vitest";

const done: string[] = [];

function page(onLine: boolean, controller: object | null = null): void {
	vi.resetModules();
	done.length = 0;
	vi.stubGlobal("document", {
		documentElement: { className: "" },
		set cookie(written: string) {
			done.push(`cookie ${written}`);
		},
		body: { replaceChildren: () => done.push("wiped") },
	});
	vi.stubGlobal("history", { replaceState: (_: null, __: string, to: string) => done.push(`entry ${to}`) });
	vi.stubGlobal("location", { replace: (to: string) => done.push(`to ${to}`) });
	const getRegistrations = async () => [{ unregister: () => done.push("worker gone") }];
	vi.stubGlobal("navigator", { onLine, serviceWorker: { controller, getRegistrations } });
	vi.stubGlobal("localStorage", { clear: () => done.push("storage cleared") });
	vi.stubGlobal("sessionStorage", { clear: () => undefined });
	vi.stubGlobal("caches", {
		keys: async () => ["kept"],
		delete: (name: string) => done.push(`no more ${name}`),
	});
}
const left = "cookie __Host-x=1; Path=/; Secure; SameSite=Strict";
const drop = () => done.push("session dropped");

beforeEach(() => {
	vi.unstubAllGlobals();
});

it("empties the page before anything is sent, then marks the session as left, drops it and goes out", async () => {
	page(true);
	const { leave } = await import("./leave.ts");
	leave(drop);
	expect(done).toEqual(["wiped", left, "session dropped", "storage cleared", "entry /", "to /exit"]);
});

it("takes what was kept off the phone by itself, where no worker does it", async () => {
	page(false);
	const { leave } = await import("./leave.ts");
	leave(drop);
	await vi.waitFor(() => expect(done).toContain("no more kept"));
	expect(done).toContain("worker gone");
});

it("without a net the worker leads to the neutral site, and takes itself away after that", async () => {
	page(false, {});
	const { leave } = await import("./leave.ts");
	leave(drop);
	expect(done).toEqual(["wiped", left, "session dropped", "entry /", "to /exit"]);
});

it("ends on an empty page when there is no net", async () => {
	page(false);
	const { leave } = await import("./leave.ts");
	leave(drop);
	expect(done.at(-1)).toBe("to about:blank");
});

it("happens once, however often it is pressed", async () => {
	page(true);
	const { leave } = await import("./leave.ts");
	leave(drop);
	leave(drop);
	expect(done.filter((step) => step === "session dropped")).toHaveLength(1);
});
