import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { visitAsNewMember } from "./harness/member.ts";
import { sees, seesHeading } from "./harness/steps.ts";
import { receiptOn } from "./harness/talk.ts";
import { visit, visitAs } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

/** What has the focus, in the words that are read out for it; nothing when it rests on the page as a whole. */
async function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const on = document.activeElement as (HTMLInputElement & HTMLAnchorElement) | null;
		if (on === document.body) return "";
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

/** holdsFocus waits until the focus is where it belongs, which a page sees to once it is drawn. */
async function holdsFocus(page: Page, words: string): Promise<void> {
	await expect.poll(() => focused(page)).toBe(words);
}

/** comesTo waits for a page or a step of it, by the heading that takes the focus: before that a stop could be lost again. */
async function comesTo(page: Page, heading: string): Promise<void> {
	await seesHeading(page, heading);
	await holdsFocus(page, heading);
}

test("the first stop on every page is the way out, and it can be seen", async () => {
	const stops: [Promise<{ page: Page }>, string[]][] = [
		[
			visit({ device: "laptop" }),
			["/", "/join", "/in", "/again", "/begin", "/invited", "/safe", "/no-such-page"],
		],
		[visit({ device: "laptop" }), ["/talk", "/answer", "/say", "/back"]],
		[visitAs("member"), ["/mine", "/home", "/meet", "/learn"]],
		[visitAs("peerSupporter"), ["/hours"]],
		[
			visitAs("coordinator", { device: "laptop" }),
			["/today", "/week", "/people", "/list", "/courses", "/release"],
		],
		[visitAs("focalPoint", { device: "laptop" }), ["/matters", "/asks", "/ties", "/log"]],
		[visitAs("liaison", { device: "laptop" }), ["/figures"]],
		[visitAs("administrator", { device: "laptop" }), ["/settings", "/setup"]],
	];
	for (const [opened, paths] of stops) {
		const { page } = await opened;
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
	await comesTo(page, m["exit.before"]());
	await tabTo(page, m["exit.understood"]());
	await keys.press("Enter");
	await comesTo(page, m["join.title"]());
	await tabTo(page, m["join.alias"]());
	await keys.type("किबोर्ड");
	await keys.press("Enter");
	await comesTo(page, m["join.group"]());
	await page.locator("label.pick").nth(9).waitFor();
	await keys.press("Tab");
	const unknown = m["join.groupUnknown"]();
	for (let i = 0; i < 11 && !(await focused(page)).includes(unknown); i++) await keys.press("ArrowDown");
	await keys.press("Space");
	await keys.press("Enter");
	await comesTo(page, m["join.words.title"]());
	await page.locator(".phrase li").nth(4).waitFor();
	await tabTo(page, m["join.words.kept"]());
	await keys.press("Space");
	await tabTo(page, m["do.next"]());
	await keys.press("Enter");
	await comesTo(page, m["join.consent.title"]());
	await page.locator("label.pick").first().waitFor();
	await tabTo(page, m["do.send"]());
	await keys.press("Enter");
	// The yes that is missing takes the focus.
	await expect.poll(() => page.locator(":focus").getAttribute("type")).toBe("checkbox");
	await keys.press("Space");
	await tabTo(page, m["do.send"]());
	await keys.press("Enter");
	await comesTo(page, m["join.done.title"]());
	await tabTo(page, m["join.done.have"]());
	await keys.press("Space");
	await tabTo(page, m["join.done.open"]());
	await keys.press("Enter");
	await comesTo(page, m["home.greeting"]({ name: "किबोर्ड" }));
	await tabTo(page, m["signins.title"]());
	await keys.press("Enter");
	await page.getByRole("button", { name: m["signout.everywhere"](), exact: true }).waitFor();
	await tabTo(page, m["signout.everywhere"]());
	await keys.press("Enter");
	await seesHeading(page, m["signout.everywhere"]());
	await keys.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	await holdsFocus(page, m["signout.everywhere"]());
});

test("a member books a meeting and gives it up with the keyboard alone", async () => {
	const { page } = await visitAsNewMember("औंलाले", { device: "laptop" });
	const keys = page.keyboard;
	await page.goto("/meet");
	// On a later day: on the first one a time may pass out of reach while it is being taken.
	const days = page.locator("fieldset:not(:has(legend .cap)) .slots input:enabled");
	await days.nth(1).focus();
	await keys.press("Space");
	const times = page.locator("fieldset:has(legend .cap) input:enabled");
	await times.first().waitFor();
	await times.first().focus();
	await keys.press("Space");
	await sees(page, m["meet.chosen"]());
	await tabTo(page, m["meet.pickTime"]());
	await keys.press("Enter");
	await sees(page, m["meet.booked"]());
	// The button is gone; what was done takes the focus, and the meeting follows it.
	await holdsFocus(page, m["meet.booked"]());
	await sees(page, m["meet.cancel"]());
	await tabTo(page, m["meet.cancel"]());
	await keys.press("Enter");
	await tabTo(page, m["meet.cancelYes"]());
	await keys.press("Enter");
	await sees(page, m["meet.cancelled"]());
	await holdsFocus(page, m["meet.cancelled"]());
});

test("a woman speaks up to the receipt with the keyboard alone", async () => {
	const { page } = await visit({ device: "laptop" });
	const keys = page.keyboard;
	await page.goto("/talk");
	await seesHeading(page, m["exit.before"]());
	await tabTo(page, m["exit.understood"]());
	await keys.press("Enter");
	await comesTo(page, m["talk.title"]());
	await page.locator("label.pick").first().waitFor();
	await tabTo(page, m["talk.cat1"]());
	await keys.press("Space");
	for (let i = 0; i < 7; i++) await keys.press("ArrowDown");
	expect(await focused(page)).toContain(m["talk.cat8"]());
	await tabTo(page, m["do.next"]());
	await keys.press("Enter");
	await comesTo(page, m["talk.about.title"]());
	await tabTo(page, m["do.next"]());
	await keys.press("Enter");
	await comesTo(page, m["talk.write.title"]());
	await tabTo(page, m["talk.write.label"]());
	await keys.type("धन्यवाद।");
	await tabTo(page, m["do.send"]());
	await keys.press("Enter");
	await comesTo(page, m["receipt.title"]());
	await tabTo(page, m["receipt.check"]());
	await keys.type((await receiptOn(page)).slice(-4));
	await tabTo(page, m["receipt.leave"]());
	await keys.press("Enter");
	await page.waitForURL(/\/$/);
});
