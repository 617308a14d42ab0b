import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { demo, stateOfRole } from "./visit.ts";

// What the server says without a page between, and what a test needs to be
// there before it begins.

/** read asks the server as whoever is signed in on the page. */
export async function read<T>(page: Page, path: string): Promise<T> {
	return page.evaluate(async (path) => (await fetch(path)).json(), path);
}

/** statusAt is how the server answers whoever is signed in on the page. */
export async function statusAt(page: Page, path: string): Promise<number> {
	return page.evaluate(async (path) => (await fetch(path)).status, path);
}

/** send asks for one thing as whoever is signed in on the page, wherever she is, and wants a yes. */
export async function send<T>(page: Page, path: string, body: unknown): Promise<T | null> {
	const [status, text] = await page.evaluate(
		async ([path, body]) => {
			const answer = await fetch(path as string, {
				method: "POST",
				headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
				body: JSON.stringify(body),
			});
			return [answer.status, await answer.text()] as const;
		},
		[path, body],
	);
	expect(status, `${path}: ${text}`).toBeLessThan(300);
	return text ? JSON.parse(text) : null;
}

export interface Asked {
	path: string;
	body?: unknown;
	/** A role of the first organisation; without one nobody is signed in. */
	as?: string;
}

/** ask sends one thing to the first organisation, or reads where nothing is sent, and wants a yes. */
export async function ask<T>({ path, body, as }: Asked): Promise<T> {
	const cookies = as ? (await stateOfRole(as)).cookies : [];
	const answer = await fetch(demo.url + path, {
		method: body === undefined ? "GET" : "POST",
		headers: {
			Origin: demo.url,
			"Content-Type": "application/json",
			"Idempotency-Key": randomUUID(),
			Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const text = await answer.text();
	expect(answer.ok, `${path}: ${answer.status} ${text}`).toBe(true);
	return JSON.parse(text);
}
