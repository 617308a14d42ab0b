import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { press, registering, sees, seesHeading, write } from "./harness/steps.ts";
import { visit, visitAs } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

/** How many people of this name the coordinator sees. */
async function countOf(name: string): Promise<number> {
	const { page } = await visitAs("coordinator");
	await page.goto("/people");
	return page.evaluate(async (q) => {
		const answer = await fetch(`/api/members?q=${encodeURIComponent(q)}`);
		// Names that are like it are found too.
		return (await answer.json()).items.filter((one: { name: string }) => one.name === q).length;
	}, name);
}

const sendButton = (page: Page) => page.getByRole("button", { name: m["do.send"](), exact: true });

test("a double click on a slow line makes one record", async () => {
	const { page } = await visit();
	await registering(page, { alias: "एकमात्र" });
	await page.locator("label.pick").first().click();
	let sent = 0;
	let answer = () => {};
	const held = new Promise<void>((done) => {
		answer = done;
	});
	await page.route("**/api/registrations", async (route) => {
		sent++;
		await held;
		await route.continue();
	});
	await sendButton(page).dblclick();
	await sees(page, m["state.sending"]());
	await sendButton(page).click({ force: true });
	expect(await sendButton(page).getAttribute("aria-disabled")).toBe("true");
	answer();
	await seesHeading(page, m["join.done.title"]());
	expect(sent).toBe(1);
	expect(await countOf("एकमात्र")).toBe(1);
});

test("an answer that was lost and a second press make one record, and she gets her name", async () => {
	const { page } = await visit();
	await registering(page, { alias: "हराएकी" });
	await page.locator("label.pick").first().click();
	const keys: (string | undefined)[] = [];
	await page.route("**/api/registrations", async (route) => {
		keys.push(route.request().headers()["idempotency-key"]);
		if (keys.length > 1) return route.continue();
		await route.fetch({ headers: { ...route.request().headers(), "sec-fetch-site": "same-origin" } });
		return route.abort("connectionreset");
	});
	await sendButton(page).click();
	await sees(page, m["state.offline"]());
	await sees(page, m["state.failed"]());
	await sendButton(page).click();
	await seesHeading(page, m["join.done.title"]());
	expect(keys[0]).toBeTruthy();
	expect(keys[1]).toBe(keys[0]);
	expect(await countOf("हराएकी")).toBe(1);
});

test("without a net a page says so, keeps what she wrote, and goes on when the net is back", async () => {
	const { page, context } = await visit();
	await registering(page, { alias: "पर्खने" });
	await page.locator("label.pick").first().click();
	await context.setOffline(true);
	await sendButton(page).click();
	await sees(page, m["state.offline"]());
	await sees(page, m["state.failed"]());
	await context.setOffline(false);
	await sendButton(page).click();
	await seesHeading(page, m["join.done.title"]());
});

test("a list that cannot be fetched says so and is fetched on the next press", async () => {
	const { page } = await visitAs("coordinator", { device: "laptop" });
	await page.route(/\/api\/members/, (route) => route.abort("internetdisconnected"), { times: 1 });
	await page.goto("/people");
	await sees(page, m["state.offline"]());
	await press(page, m["state.again"]());
	await sees(page, "आशा");
});

test("a page whose file cannot be fetched says so instead of staying empty", async () => {
	const { page, context } = await visit();
	await page.goto("/");
	await page.getByRole("link", { name: m["join.title"](), exact: true }).waitFor();
	await context.setOffline(true);
	await page.getByRole("link", { name: m["join.title"](), exact: true }).click();
	await sees(page, m["state.offline"]());
	await context.setOffline(false);
});

test("wrong words are refused in words that do not tell which was wrong, and again after the server's pause", async () => {
	const { page } = await visit();
	await page.clock.install();
	await page.goto("/in");
	await press(page, m["signin.title"]());
	await sees(page, m["signin.missing"]());
	await write(page, m["signin.handle"](), "चरा-खोला-बाटो");
	await write(page, m["signin.words"](), "एक दुई तीन चार पाँच");
	await press(page, m["signin.title"]());
	await sees(page, faultWords("session.refused"));
	expect(await page.getByLabel(m["signin.handle"](), { exact: true }).inputValue()).toBe("चरा-खोला-बाटो");
	await page.route("**/api/session", (route) =>
		route.request().method() === "POST"
			? route.fulfill({
					status: 429,
					headers: { "Retry-After": "50" },
					contentType: "application/problem+json",
					body: JSON.stringify({ code: "session.slow_down", status: 429 }),
				})
			: route.continue(),
	);
	await press(page, m["signin.title"]());
	await sees(page, /५० सेकेन्ड/);
	const button = page.getByRole("button", { name: m["signin.title"](), exact: true });
	expect(await button.isDisabled()).toBe(true);
	await page.clock.fastForward("00:50");
	await expect.poll(() => button.isEnabled()).toBe(true);
});
