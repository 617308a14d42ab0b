import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { historyOf } from "./harness/kept.ts";
import { neutral, visit } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

/** goes presses what leads to another document, and waits until that one stands. */
async function goes(page: Page, by: string): Promise<void> {
	await Promise.all([page.waitForEvent("load"), page.locator(by).first().click()]);
}

/** Every page of this kind is one form; its main button goes on. */
const goOn = (page: Page) => goes(page, "form button.main");

async function stands(page: Page): Promise<void> {
	await page.locator("a.exit").waitFor();
	expect(await page.title()).toMatch(/^(Chautari|चौतारी)$/);
	// One file of ours, which nothing waits for, and nothing in the page itself.
	expect(await page.locator("script:not([src^='/assets/'])").count()).toBe(0);
}

test("without scripts she speaks up, gets her digits, and comes back with them", async () => {
	const { page, context } = await visit({ javaScriptEnabled: false });
	const { addresses } = historyOf(page);
	await page.goto("/talk");
	await goes(page, "noscript a[href^='/say']");
	expect(new URL(page.url()).pathname).toBe("/say");
	await stands(page);
	await goOn(page);
	await stands(page);
	await page.locator("label").filter({ hasText: m["talk.cat7"]() }).click();
	await goOn(page);
	await stands(page);
	await page.locator("textarea").fill("बाटो खर्च ढिलो आउँछ।");
	// A form may not be older or younger than a person's; who was too quick presses again.
	const groups = page.locator(".receipt li");
	await expect
		.poll(
			async () => {
				await goOn(page);
				return groups.count();
			},
			{ interval: 2_000 },
		)
		.toBe(5);
	await stands(page);
	const digits = (await groups.allTextContents()).join(" ");
	expect(digits).toMatch(/^[०-९ ]{24}$/);

	await page.goto("/answer");
	await goes(page, "noscript a[href^='/back']");
	expect(new URL(page.url()).pathname).toBe("/back");
	await stands(page);
	await goOn(page);
	await page.locator("input[name=receipt]").fill(`${digits.slice(0, -1)}${digits.endsWith("१") ? "२" : "१"}`);
	await goOn(page);
	await page.locator(".trouble").waitFor();
	await page.locator("input[name=receipt]").fill(digits.replaceAll(" ", "-"));
	await goOn(page);
	await stands(page);
	const thread = page.locator("main");
	expect(await thread.textContent(), "her own words, before she asks").not.toContain("बाटो खर्च");
	await goes(page, "button[value=earlier]");
	await page.locator(".said").filter({ hasText: "बाटो खर्च" }).waitFor();
	await page.locator("textarea").fill("दुई महिना भयो।");
	await goes(page, "button[value=reply]");
	await page.locator("[role=status]").waitFor();
	await page.locator("a.exit").click();
	await page.waitForURL(neutral);

	expect(await context.cookies()).toEqual([]);
	const secrets = [digits, digits.replaceAll(" ", ""), ...digits.split(" ")];
	for (const address of addresses.filter((one) => !one.startsWith(neutral))) {
		expect(new URL(address).pathname).toMatch(/^\/(talk|say|answer|back)$/);
		for (const secret of secrets) expect(decodeURIComponent(address)).not.toContain(secret);
	}
});
