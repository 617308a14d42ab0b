import { beforeEach, expect, it, vi } from "vitest";
import { holdBack, stayHeld } from "./hold.ts";

const pushed: string[] = [];
const stopped = vi.fn();
const step = { stopImmediatePropagation: stopped } as unknown as Event;

function standAt(pathname: string): void {
	vi.stubGlobal("location", { pathname });
}

beforeEach(() => {
	pushed.length = 0;
	stopped.mockClear();
	standAt("/talk");
	vi.stubGlobal("history", {
		pushState: (_: null, __: string, to: string) => {
			pushed.push(to);
			standAt(to);
		},
	});
});

it("a step back is undone and told, each time, until it is released", () => {
	const tell = vi.fn();
	const release = holdBack(tell);
	for (let tries = 1; tries <= 2; tries++) {
		standAt("/");
		stayHeld(step);
		expect(location.pathname).toBe("/talk");
		expect(tell).toHaveBeenCalledTimes(tries);
	}
	expect(stopped).toHaveBeenCalledTimes(2);
	release();
	standAt("/");
	stayHeld(step);
	expect(pushed).toEqual(["/talk", "/talk"]);
});

it("what stays on the page is left alone, and an old release ends no newer hold", () => {
	const old = holdBack(() => undefined);
	const tell = vi.fn();
	const release = holdBack(tell);
	old();
	stayHeld(step);
	expect(tell).not.toHaveBeenCalled();
	standAt("/");
	stayHeld(step);
	expect(tell).toHaveBeenCalledOnce();
	release();
});
