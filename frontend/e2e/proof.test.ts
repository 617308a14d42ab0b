import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keptBy } from "./harness/kept.ts";
import { proofNeeded, wary } from "./harness/proof.ts";
import {
	changeOwn,
	inDialog,
	press,
	register,
	sees,
	seesHeading,
	signIn,
	unfold,
	write,
} from "./harness/steps.ts";
import { cookieOf, neutral, statusOf, visit } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

/** She is signed in at her own page, and knows her words. */
async function atHerPage() {
	const seen = await visit();
	const { handle, words } = await register(seen.page, { alias: "पानीघट्ट" });
	await signIn(seen.page, handle, words);
	await seesHeading(seen.page, m["mine.held"]());
	return { ...seen, words };
}

/** She writes another name and saves; the server wants to know first that it is she. */
async function asked(page: Page, name: string): Promise<void> {
	await changeOwn(page, m["mine.field.alias"]());
	await write(page, m["mine.alias.new"](), name);
	await press(page, m["do.keep"]());
	await seesHeading(page, m["own.proof.title"]());
}

const prove = async (page: Page, words: string) => {
	await write(page, m["own.proof.words"](), words);
	await inDialog(page, m["do.next"]());
};

test("after a proof the same thing is done, under another cookie, and her words are kept nowhere", async () => {
	const seen = await atHerPage();
	const { page, words } = seen;
	const before = await cookieOf(seen);
	const sent = await wary(page, "/api/me/restriction");
	await unfold(page, m["own.pause"]());
	await press(page, m["own.pause.begin"]());
	await seesHeading(page, m["own.proof.title"]());
	await inDialog(page, m["do.next"]());
	await sees(page, m["own.proof.missing"]());
	await prove(page, "पाँच गलत शब्द");
	await sees(page, faultWords("session.proof_wrong"));
	await prove(page, words);
	await sees(page, m["own.pause.on"]());
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	expect(sent).toHaveLength(2);
	expect(sent[1]).toEqual(sent[0]);
	expect(sent[0]?.key).toBeTruthy();
	expect(await cookieOf(seen)).not.toBe(before);
	expect(await statusOf(before)).toBe(401);
	expect(await statusOf(await cookieOf(seen))).toBe(200);
	const kept = await keptBy(seen);
	for (const word of words.split(" ")) expect(kept).not.toContain(word);
});

test("not now loses nothing: what she wrote stays, and another press asks again", async () => {
	const { page, words } = await atHerPage();
	await page.route("**/api/me", (route) =>
		route.request().method() === "PATCH" ? route.fulfill(proofNeeded) : route.continue(),
	);
	await asked(page, "घट्टेकुलो");
	await page.getByLabel(m["own.proof.words"](), { exact: true }).fill("आधा");
	await inDialog(page, m["do.later"]());
	await sees(page, faultWords("session.proof_needed"));
	const field = page.getByLabel(m["mine.alias.new"](), { exact: true });
	expect(await field.inputValue()).toBe("घट्टेकुलो");
	await press(page, m["do.keep"]());
	await seesHeading(page, m["own.proof.title"]());
	expect(await page.getByLabel(m["own.proof.words"](), { exact: true }).inputValue()).toBe("");
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "hidden" });
	await page.unroute("**/api/me");
	await press(page, m["do.keep"]());
	await seesHeading(page, m["home.greeting"]({ name: "घट्टेकुलो" }));
	expect(words).toBeTruthy();
});

test("without a net the question says so and stays", async () => {
	const { page, context, words } = await atHerPage();
	await wary(page, "/api/me");
	await asked(page, "घट्टेकुलो");
	await context.setOffline(true);
	await prove(page, words);
	await page.getByRole("dialog").getByText(m["state.offline"]()).waitFor();
	await context.setOffline(false);
	await inDialog(page, m["do.next"]());
	await seesHeading(page, m["home.greeting"]({ name: "घट्टेकुलो" }));
});

test("the exit leads out over the question, another window covers it, and a page left alone closes it", async () => {
	const out = await atHerPage();
	await wary(out.page, "/api/me");
	await asked(out.page, "घट्टेकुलो");
	await out.page.evaluate(() => dispatchEvent(new Event("blur")));
	const opacity = () => out.page.locator("dialog[open]").evaluate((one) => getComputedStyle(one).opacity);
	await expect.poll(opacity).toBe("0");
	await out.page.evaluate(() => dispatchEvent(new Event("focus")));
	await expect.poll(opacity).toBe("1");
	await out.page.getByRole("dialog").locator("a.exit").click();
	await out.page.waitForURL(neutral);

	const left = await atHerPage();
	const { page } = left;
	await page.clock.install();
	await page.reload();
	await wary(page, "/api/me");
	await asked(page, "घट्टेकुलो");
	await page.clock.fastForward("10:10");
	await sees(page, m["cover.idle"]());
	await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
	await expect.poll(() => page.locator("html").innerHTML()).not.toContain("घट्टेकुलो");
});
