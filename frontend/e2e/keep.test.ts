import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { neutralWords } from "./harness/neutral.ts";
import { type Server, startServer } from "./harness/server.ts";
import { comesAnew, sees, seesHeading, signIn, signOut } from "./harness/steps.ts";
import { neutral, signInOf, stateOf, type Visit, visit } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

const keep = "फोनमा राख्ने";
const remove = "फोनबाट हटाउने";
const kept = "यो फोनमा राखिएको छ।";

/** What the browser keeps: the names of caches, every address in them, and workers. */
async function onThePhone(page: Page): Promise<{ caches: string[]; addresses: string[]; workers: string[] }> {
	return page.evaluate(async () => {
		const names = await caches.keys();
		const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
		const workers = await navigator.serviceWorker.getRegistrations();
		return {
			caches: names,
			addresses: lists
				.flat()
				.map(({ url }) => new URL(url).pathname + new URL(url).search)
				.sort(),
			workers: workers.map((worker) => new URL(worker.active?.scriptURL ?? "", location.href).pathname),
		};
	});
}
const nothing = { caches: [], addresses: [], workers: [] };

/**
 * becomesEmpty waits until nothing is kept any more. It opens no cache, since that
 * would make one that was just removed; while a page is loaded anew it can't be asked.
 */
async function becomesEmpty(page: Page): Promise<void> {
	const left = () =>
		page.evaluate(async () => [
			...(await caches.keys()),
			...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
		]);
	await expect.poll(() => left().catch(() => null), { timeout: 60_000 }).toEqual([]);
}

/** keepPages lets the pages stay, on the page of safety. */
async function keepPages(page: Page): Promise<void> {
	await page.goto("/safe");
	await page.getByRole("button", { name: keep, exact: true }).click();
	await sees(page, kept);
}

/** The list that stands in the worker, as it was built. */
async function builtList(): Promise<string[]> {
	const worker = await readFile(resolve(import.meta.dirname, "../dist/worker.js"), "utf8");
	return [...worker.matchAll(/\[[`"](\/[^`"]*)[`"],\s*[`"]sha256-[\w+/]{43}=[`"]\]/g)].map(
		([, at]) => at ?? "",
	);
}

async function atHome(seen: Visit): Promise<void> {
	const { handle, passphrase } = signInOf("member");
	await signIn(seen.page, handle, passphrase);
	await seen.page.waitForURL(/\/home$/);
	await greeting(seen.page).waitFor();
}

/** What greets her by her name: until that is known the heading is the product's. */
function greeting(page: Page): Locator {
	return page.locator("main h1").filter({ hasNotText: m["brand.name"]() });
}

test("no page puts a worker or a cache on the phone by itself", async () => {
	const { page } = await visit({ storageState: await stateOf(signInOf("member")) });
	for (const path of ["/home", "/meet", "/learn", "/mine", "/talk", "/safe", "/say"]) {
		// Whatever it would do by itself, it has asked for by then.
		await page.goto(path, { waitUntil: "networkidle" });
		await page.locator("main h1").waitFor();
		expect(await onThePhone(page), path).toEqual(nothing);
	}
});

test("what she lets stay is the fixed list and nothing else, whatever she does then, and she can take it off", async () => {
	const seen = await visit();
	const { page } = seen;
	await keepPages(page);
	const list = [...(await builtList()), "/worker.json"].sort();
	expect(list.length).toBeGreaterThan(8);
	const first = await onThePhone(page);
	expect(first).toEqual({
		caches: [expect.stringMatching(/^[0-9a-f]{12}$/)],
		addresses: list,
		workers: ["/worker.js"],
	});
	await atHome(seen);
	for (const path of ["/meet", "/learn", "/mine", "/say"]) {
		await page.goto(path);
		await page.locator("main h1").waitFor();
	}
	expect(await onThePhone(page)).toEqual(first);
	await page.goto("/safe");
	await sees(page, kept);
	await page.getByRole("button", { name: remove, exact: true }).click();
	await sees(page, "यो फोनमा केही राखिएको छैन।");
	await becomesEmpty(page);
	await page.getByRole("button", { name: keep, exact: true }).waitFor();
});

test("a file that is not what was built is not kept, and then nothing is", async () => {
	const seen = await visit();
	const { page, context } = seen;
	const [, file] = (await builtList()).filter((at) => at.endsWith(".js"));
	await context.route(`**${file}`, (route) =>
		route.request().serviceWorker()
			? route.fulfill({ contentType: "text/javascript", body: "changed()" })
			: route.continue(),
	);
	await page.goto("/safe");
	await page.getByRole("button", { name: keep, exact: true }).click();
	await sees(page, "राख्न सकिएन।");
	await becomesEmpty(page);
	// The browser says that the bytes were others than those of the hash; after this it says no more.
	await context.close();
	expect(seen.complaints.splice(0).join()).toMatch(/integrity|^$/);
});

test("signing out takes it off the phone, with a net and without", async () => {
	const seen = await visit();
	const { page, context } = seen;
	for (const offline of [false, true]) {
		await keepPages(page);
		await atHome(seen);
		if (offline) {
			await comesAnew(page, async () => {
				await context.setOffline(true);
				await page.getByRole("button", { name: m["signout.button"](), exact: true }).click();
				await page.waitForURL(/\/in$/);
				await becomesEmpty(page);
				await context.setOffline(false);
			});
			await seesHeading(page, m["signin.title"]());
		} else {
			await signOut(page);
			await becomesEmpty(page);
		}
	}
});

test("with a net the exit goes through the server, and takes the worker along", async () => {
	const seen = await visit();
	const { page } = seen;
	await keepPages(page);
	await atHome(seen);
	await page.locator("a.exit").click();
	await page.waitForURL(neutral);
	await sees(page, neutralWords);
	await expect.poll(() => seen.context.cookies(), { timeout: 60_000 }).toEqual([]);
	await page.goto("/safe");
	await becomesEmpty(page);
});

test("without a net the pages open empty of anybody, and the exit still ends at the neutral site", async () => {
	const seen = await visit();
	const { page, context } = seen;
	await keepPages(page);
	await atHome(seen);
	const name = (await greeting(page).textContent()) ?? "";
	expect(name).not.toBe("");
	await context.setOffline(true);
	await page.goto("/home");
	await sees(page, m["state.offline"]());
	expect(await page.locator("html").innerHTML()).not.toContain(name);
	const left = page.waitForRequest((request) => request.url().startsWith(neutral));
	await page.locator("a.exit").click({ noWaitAfter: true });
	await left;
	// The window is still on its way out; what stayed behind is looked for from another.
	const after = await context.newPage();
	await context.setOffline(false);
	await after.goto("/safe");
	await becomesEmpty(after);
});

test("the server can switch it off: whoever has it loses it, with all that it kept, and nobody gets it anew", async () => {
	const on = await startServer("run", neutral);
	const port = new URL(on.url).port;
	let off: Server | null = null;
	try {
		const { page } = await visit({ url: on.url });
		await keepPages(page);
		expect((await onThePhone(page)).workers).toEqual(["/worker.js"]);
		await on.stop();
		off = await startServer("run", neutral, { WORKER: "off", PORT: port });
		// It answers while the server is away, and goes with the first page that comes from there.
		await page.goto("/");
		await becomesEmpty(page);
		await page.goto("/safe");
		await page.locator("main h1").waitFor();
		expect(await page.locator("#keep").count()).toBe(0);
		// What is given out in its place ends any worker that can't hear.
		await page.evaluate(async () => {
			// There before it comes: it looks once.
			await caches.open("left");
			const made = await navigator.serviceWorker.register("/worker.js");
			return made.scope;
		});
		await becomesEmpty(page);
	} finally {
		await off?.stop();
		await on.stop().catch(() => undefined);
	}
});
