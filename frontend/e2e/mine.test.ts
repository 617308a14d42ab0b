import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { historyOf, keptBy } from "./harness/kept.ts";
import { visitAsNewMember } from "./harness/member.ts";
import {
	changeOwn,
	comesAnew,
	offeredWords,
	openPerson,
	press,
	register,
	sees,
	seesHeading,
	signIn,
	tick,
	unfold,
	write,
} from "./harness/steps.ts";
import { cookieOf, statusOf, visit, visitAs } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

async function atMine(page: Page): Promise<void> {
	await page.goto("/mine");
	await seesHeading(page, m["mine.held"]());
}

test("she sees which role opened her page, and never her own reading", async () => {
	const alias = "तिलबारी";
	const { page } = await visitAsNewMember(alias);
	const coordinator = await visitAs("coordinator", { device: "laptop" });
	await openPerson(coordinator.page, alias);
	await atMine(page);
	await unfold(page, m["mine.looked"]());
	const opened = page.locator("details[open] ol li");
	await expect.poll(() => opened.allTextContents()).not.toHaveLength(0); // they come a moment later
	const lines = await opened.allTextContents();
	expect(lines.join()).toContain(m["own.who.coordinator"]());
	for (const line of lines) expect(line).not.toContain(m["own.who.other"]());
});

test("she changes the language of her account, and reads on in it", async () => {
	const { page } = await visitAsNewMember("बोलीबारी");
	await atMine(page);
	await changeOwn(page, m["mine.field.language"]());
	await tick(page, "English");
	await press(page, m["do.keep"]());
	await sees(page, m["own.kept"]({}, { locale: "en" }));
	// In a window that knows nothing of the choice too.
	await page.reload();
	await seesHeading(page, m["mine.held"]({}, { locale: "en" }));
});

/** What she takes, as text, and the name under which it is kept. */
async function taken(page: Page, button: string): Promise<{ name: string; text: string }> {
	const [download] = await Promise.all([page.waitForEvent("download"), press(page, button)]);
	return { name: download.suggestedFilename(), text: await text(await download.createReadStream()) };
}

test("she takes a copy of all that is hers and nothing of others, under names that tell nothing", async () => {
	const other = await visitAsNewMember("जौबारी");
	await atMine(other.page);
	const seen = await visitAsNewMember("मकैबारी", { acceptDownloads: true });
	const { page } = seen;
	const history = historyOf(page);
	await atMine(page);
	await unfold(page, m["mine.download"]());
	await sees(page, m["mine.download.warn"]());
	const paper = await taken(page, m["own.copy.page"]());
	await sees(page, m["own.copy.done"]({ name: "mine.html" }));
	const file = await taken(page, m["own.copy.file"]());
	await sees(page, m["own.copy.done"]({ name: "mine.json" }));
	expect([paper.name, file.name]).toEqual(["mine.html", "mine.json"]);
	expect(() => JSON.parse(file.text)).not.toThrow();
	for (const { text } of [paper, file]) {
		expect(text).toContain("मकैबारी");
		expect(text).not.toContain("जौबारी");
	}
	expect(await keptBy(seen)).not.toContain("मकैबारी");
	for (const address of history.addresses) expect(address).toMatch(/\/mine$/);
});

test("she puts right what is held of her, and takes it away again", async () => {
	const { page } = await visitAsNewMember("फापरबारी");
	await atMine(page);
	await press(page, m["own.add"]({ what: m["mine.field.district"]() }));
	await press(page, m["do.keep"]());
	await sees(page, m["err.required"]());
	await page.getByLabel(m["mine.field.district"](), { exact: true }).selectOption("Jhapa");
	await press(page, m["do.keep"]());
	await sees(page, m["own.kept"]());
	await sees(page, "झापा");
	await press(page, m["own.add"]({ what: m["mine.field.birth"]() }));
	await tick(page, m["birth.year"]());
	await page.getByRole("combobox").selectOption("2050");
	await press(page, m["do.keep"]());
	await sees(page, "२०५०");
	await press(page, m["own.add"]({ what: m["mine.field.phone"]() }));
	await write(page, m["mine.field.phone"](), "९८४१");
	await press(page, m["do.keep"]());
	await sees(page, m["err.invalid"]());
	await write(page, m["mine.field.phone"](), "९८४१००१२३४");
	await press(page, m["do.keep"]());
	await sees(page, /9841001234/);
	await changeOwn(page, m["mine.field.phone"]());
	await press(page, m["own.takeAway"]());
	await page.getByRole("button", { name: m["own.add"]({ what: m["mine.field.phone"]() }) }).waitFor();
	await expect.poll(() => page.locator("dl.held").textContent()).not.toContain("9841001234");
});

test("she has the use of what is hers paused, and lets it go on", async () => {
	const { page } = await visitAsNewMember("कोदोबारी");
	await atMine(page);
	await unfold(page, m["own.pause"]());
	await press(page, m["own.pause.begin"]());
	await sees(page, m["own.pause.on"]());
	await page.reload();
	await sees(page, m["own.pause.now"]());
	await unfold(page, m["own.pause"]());
	await press(page, m["own.pause.end"]());
	await sees(page, m["own.pause.off"]());
	await page.getByText(m["own.pause.now"](), { exact: true }).waitFor({ state: "hidden" });
});

test("with new words she stays here, is signed out elsewhere, and the old ones open nothing", async () => {
	const here = await visit();
	const { page } = here;
	const { handle, words } = await register(page, { alias: "उखुबारी" });
	await signIn(page, handle, words);
	const there = await visit();
	await signIn(there.page, handle, words);
	const cookie = await cookieOf(there);
	await unfold(page, m["own.words"]());
	await page.locator(".phrase li").nth(4).waitFor();
	const fresh = await offeredWords(page);
	await press(page, m["own.words.keep"]());
	await sees(page, m["join.words.keptMissing"]());
	await tick(page, m["join.words.kept"]());
	await comesAnew(there.page, async () => {
		await press(page, m["own.words.keep"]());
		await sees(page, m["own.words.done"]());
		expect(await statusOf(cookie)).toBe(401);
		// What her other page was still asking may have loaded it anew already.
		await there.page.reload().catch(() => undefined);
	});
	await seesHeading(there.page, m["signin.title"]());
	await write(there.page, m["signin.handle"](), handle);
	await write(there.page, m["signin.words"](), words);
	await press(there.page, m["signin.title"]());
	await sees(there.page, faultWords("session.refused"));
	await signIn(there.page, handle, fresh);
	expect(await statusOf(await cookieOf(here))).toBe(200);
});

test("she erases everything of hers, and nothing is left to come back to", async () => {
	const seen = await visit();
	const { page } = seen;
	const alias = "सिमलबारी";
	const { handle, words } = await register(page, { alias });
	await signIn(page, handle, words);
	const cookie = await cookieOf(seen);
	await unfold(page, m["mine.erase"]());
	await sees(page, m["own.erase.stays"]());
	await sees(page, m["own.stays.backups"]());
	await press(page, m["mine.erase"]());
	await sees(page, m["own.erase.tickMissing"]());
	await tick(page, m["own.erase.tick"]());
	await comesAnew(page, () => press(page, m["mine.erase"]()));
	await seesHeading(page, m["mine.erase.done"]());
	expect(new URL(page.url()).pathname).toBe("/in");
	expect(await statusOf(cookie)).toBe(401);
	await expect.poll(() => seen.context.cookies()).toEqual([]);
	const kept = await keptBy(seen);
	for (const secret of [alias, handle, ...words.split(" ")]) expect(kept).not.toContain(secret);
	expect(kept).toContain("[{},{},");
	await page.goBack();
	await page.locator("main h1").waitFor();
	expect(await page.locator("html").innerHTML()).not.toContain(alias);

	const again = await visit();
	await again.page.goto("/in");
	await write(again.page, m["signin.handle"](), handle);
	await write(again.page, m["signin.words"](), words);
	await press(again.page, m["signin.title"]());
	await sees(again.page, faultWords("session.refused"));
});
