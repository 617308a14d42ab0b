import type { Page } from "playwright-core";
import type { Visit } from "./visit.ts";

/** Everything that a browser keeps of a page, in one text. */
export async function keptBy({ page, context }: Visit): Promise<string> {
	const inPage = await page.evaluate(async () => {
		const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state];
		for (const name of await caches.keys()) {
			kept.push(name, ...(await (await caches.open(name)).keys()).map((request) => request.url));
		}
		for (const { name } of await indexedDB.databases()) kept.push(name);
		kept.push((await navigator.serviceWorker?.getRegistrations())?.length ?? 0);
		return JSON.stringify(kept);
	});
	const cookies = (await context.cookies()).flatMap(({ name, value }) => [
		name,
		value,
		...value.split(".").map((part) => Buffer.from(part, "base64url").toString("utf8")),
	]);
	return [inPage, ...cookies].join("\n");
}

/** Whatever the history lists: addresses and titles. */
export function historyOf(page: Page): { addresses: string[]; titles: () => Promise<string[]> } {
	const addresses: string[] = [];
	const titles: Promise<string>[] = [];
	page.on("framenavigated", (frame) => {
		if (frame !== page.mainFrame()) return;
		addresses.push(frame.url());
		// While a page loads, page.title() answers with words of its own.
		const loaded = page.waitForLoadState("domcontentloaded");
		titles.push(loaded.then(() => page.evaluate(() => document.title)).catch(() => ""));
	});
	return { addresses, titles: async () => (await Promise.all(titles)).filter(Boolean) };
}
