import { beforeEach, expect, it, vi } from "vitest";

let state: unknown;

beforeEach(() => {
	vi.resetModules();
	state = null;
	vi.stubGlobal("history", {
		get state() {
			return state;
		},
		replaceState: (to: unknown) => {
			state = to;
		},
	});
});

it("is asked in a new window, and not again once it was read there", async () => {
	const { beforeRead, readBefore } = await import("./before.ts");
	expect(beforeRead()).toBe(false);
	readBefore();
	expect(beforeRead()).toBe(true);
});

it("stays read when the page is loaded anew, and the mark names nothing", async () => {
	const { readBefore } = await import("./before.ts");
	readBefore();
	expect(state).toEqual({ read: true });
	vi.resetModules();
	expect((await import("./before.ts")).beforeRead()).toBe(true);
});

it("goes along to the next page, but is not made up where nobody read it", async () => {
	const { keepRead, readBefore } = await import("./before.ts");
	keepRead();
	expect(state).toBeNull();
	readBefore();
	state = null;
	keepRead();
	expect(state).toEqual({ read: true });
});
