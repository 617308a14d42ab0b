import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sees, seesHeading } from "./harness/steps.ts";
import { visit, visitAs } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

/** What has the focus, in the words that are read out for it. */
async function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const on = document.activeElement as (HTMLInputElement & HTMLAnchorElement) | null;
		return (on?.labels?.[0]?.textContent ?? on?.textContent ?? "").replace(/\s+/g, " ").trim();
	});
}

/** tabTo goes from stop to stop until one with these words, and complains of none in sixty. */
async function tabTo(page: Page, words: string): Promise<void> {
	const passed: string[] = [];
	for (let stops = 0; stops < 60; stops++) {
		await page.keyboard.press("Tab");
		const now = await focused(page);
		if (now.includes(words)) return;
		passed.push(now);
	}
	throw new Error(`no stop “${words}” after: ${passed.join(" · ")}`);
}

test("the first stop on every page is the way out, and it can be seen", async () => {
	const anyone = await visit({ device: "laptop" });
	const member = await visitAs("member");
	const coordinator = await visitAs("coordinator", { device: "laptop" });
	const stops: [Page, string[]][] = [
		[anyone.page, ["/", "/join", "/in", "/begin", "/safe", "/no-such-page"]],
		[member.page, ["/mine"]],
		[coordinator.page, ["/today", "/people", "/list"]],
	];
	for (const [page, paths] of stops) {
		for (const path of paths) {
			await page.goto(path);
			await page.locator("main h1").waitFor();
			await page.keyboard.press("Tab");
			const first = page.locator(":focus");
			expect(await first.getAttribute("href"), path).toBe("/exit");
			expect((await first.boundingBox())?.width, path).toBeGreaterThan(40);
		}
	}
});

test("a woman registers with the keyboard alone", async () => {
	const { page } = await visit({ device: "laptop" });
	const keys = page.keyboard;
	await page.goto("/");
	await sees(page, m["start.other"]());
	await tabTo(page, m["join.title"]());
	await keys.press("Enter");
	await seesHeading(page, m["exit.before"]());
	await tabTo(page, m["exit.understood"]());
	await keys.press("Enter");
	await seesHeading(page, m["join.title"]());
	expect(await focused(page)).toBe(m["join.title"]());
	await tabTo(page, m["join.alias"]());
	await keys.type("किबोर्ड");
	await keys.press("Enter");
	await seesHeading(page, m["join.group"]());
	await page.locator("label.pick").nth(9).waitFor();
	await keys.press("Tab");
	const unknown = m["join.groupUnknown"]();
	for (let i = 0; i < 11 && !(await focused(page)).includes(unknown); i++) await keys.press("ArrowDown");
	await keys.press("Space");
	await keys.press("Enter");
	await page.locator(".phrase li").nth(4).waitFor();
	await tabTo(page, m["join.words.kept"]());
	await keys.press("Space");
	await tabTo(page, m["do.next"]());
	await keys.press("Enter");
	await page.locator("label.pick").first().waitFor();
	await tabTo(page, m["do.send"]());
	await keys.press("Enter");
	// The yes that is missing takes the focus.
	await expect.poll(() => page.locator(":focus").getAttribute("type")).toBe("checkbox");
	await keys.press("Space");
	await tabTo(page, m["do.send"]());
	await keys.press("Enter");
	await seesHeading(page, m["join.done.title"]());
	await tabTo(page, m["join.done.have"]());
	await keys.press("Space");
	await tabTo(page, m["join.done.open"]());
	await keys.press("Enter");
	await seesHeading(page, m["home.greeting"]({ name: "किबोर्ड" }));
	await tabTo(page, m["signout.everywhere"]());
	await keys.press("Enter");
	await seesHeading(page, m["signout.everywhere"]());
	await keys.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	expect(await focused(page)).toBe(m["signout.everywhere"]());
});
