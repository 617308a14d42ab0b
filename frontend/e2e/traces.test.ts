import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { press, register, sees, seesHeading, signIn, signOut, tick, write } from "./harness/steps.ts";
import { type Visit, visit, visitAs } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

const markers = ["सुनगाभा", "निगालो", "sungabha"];
const number = "९८४१०००४४४";

/** Everything that a browser keeps of a page, in one text. */
async function keptBy({ page, context }: Visit): Promise<string> {
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
function historyOf(page: Page): { addresses: string[]; titles: () => Promise<string[]> } {
	const addresses: string[] = [];
	const titles: Promise<string>[] = [];
	page.on("framenavigated", (frame) => {
		if (frame !== page.mainFrame()) return;
		addresses.push(frame.url());
		titles.push(page.title().catch(() => ""));
	});
	return { addresses, titles: async () => (await Promise.all(titles)).filter(Boolean) };
}

test("a member's whole visit leaves nothing of hers on the phone", async () => {
	const seen = await visit();
	const { page } = seen;
	const history = historyOf(page);
	const { handle, words } = await register(page, { alias: "सुनगाभा" });
	await tick(page, m["join.done.have"]());
	await press(page, m["join.done.open"]());
	await seesHeading(page, m["home.greeting"]({ name: "सुनगाभा" }));
	await press(page, m["do.change"]());
	await write(page, m["mine.alias.new"](), "निगालो");
	await press(page, m["do.keep"]());
	await seesHeading(page, m["home.greeting"]({ name: "निगालो" }));

	const open = await keptBy(seen);
	const secrets = [...markers, handle, ...words.split(" "), number];
	for (const secret of secrets) expect(open, `kept while signed in`).not.toContain(secret);

	await signOut(page);
	await signIn(page, handle, words);
	await signOut(page);
	await expect.poll(() => seen.context.cookies()).toEqual([]);
	const left = await keptBy(seen);
	for (const secret of secrets) expect(left, `kept after signing out`).not.toContain(secret);
	expect(left).toContain("[{},{},");

	for (const address of history.addresses) {
		expect(new URL(address).pathname).toMatch(/^\/(|join|in|mine)$/);
		expect(new URL(address).search + new URL(address).hash).toBe("");
	}
	expect(new Set(await history.titles())).toEqual(new Set(["Chautari"]));
});

test("a coordinator's work names nobody in addresses, titles and storage", async () => {
	const seen = await visitAs("coordinator", { device: "laptop" });
	const { page } = seen;
	const history = historyOf(page);
	await page.goto("/people");
	await write(page, m["people.search"](), "Lali");
	await page.getByRole("button", { name: "लालीगुराँस" }).click();
	await page.getByRole("heading", { name: "लालीगुराँस" }).waitFor();
	await sees(page, m["people.consent.yes"]());
	const kept = await keptBy(seen);
	expect(kept).not.toMatch(/लाली|Lali/i);
	for (const address of history.addresses) expect(address).toMatch(/\/people$/);
	expect(new Set(await history.titles())).toEqual(new Set(["Chautari"]));
});
