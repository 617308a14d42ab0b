import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { inspect } from "./harness/inspect.ts";
import { historyOf, keptBy } from "./harness/kept.ts";
import { newMember } from "./harness/member.ts";
import {
	inDialog,
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

const printed = /[A-Z0-9]{4}(-[A-Z0-9]{4}){3}/;

/** makesCode makes a code for her paper and gives it. */
async function makesCode(page: Page): Promise<string> {
	await page.goto("/mine");
	await unfold(page, m["lost.title"]());
	await sees(page, m["lost.code.none"]());
	await press(page, m["lost.code.make"]());
	await page.locator(".sheet li").waitFor();
	const code = (await page.locator(".sheet li").textContent()) ?? "";
	expect(code).toMatch(printed);
	return code;
}

/** comesTo stands at the second step, where the new words are, and gives those that are offered. */
async function comesTo(page: Page, handle: string, code: string): Promise<string> {
	await page.goto("/again");
	await write(page, m["signin.handle"](), handle);
	await write(page, m["again.code"](), code);
	await press(page, m["do.next"]());
	await seesHeading(page, m["join.words.title"]());
	await page.locator(".phrase li").nth(4).waitFor();
	await tick(page, m["join.words.kept"]());
	return offeredWords(page);
}

/** comesBack chooses new words with a code, stands at the door, and gives them. */
async function comesBack(page: Page, handle: string, code: string): Promise<string> {
	const words = await comesTo(page, handle, code);
	await press(page, m["own.words.keep"]());
	await page.waitForURL(/\/in$/);
	await sees(page, m["again.done"]());
	return words;
}

async function isTurnedAway(page: Page, handle: string, words: string): Promise<void> {
	await page.goto("/in");
	await write(page, m["signin.handle"](), handle);
	await write(page, m["signin.words"](), words);
	await press(page, m["signin.title"]());
	await sees(page, faultWords("session.refused"));
}

const oldWords = "पाँच शब्द जति लामो वाक्य";

test("with the code of her paper she chooses new words: the old ones and every old sign-in are dead, and the code works once", async () => {
	const before = await visit();
	const { handle, words } = await register(before.page, { alias: "निमबोट" });
	await signIn(before.page, handle, words);
	const code = await makesCode(before.page);
	expect(await inspect(before.page, { nepali: true, names: [handle, code] })).toEqual([]);
	await press(before.page, m["do.next"]());
	await sees(before.page, m["lost.code.savedMissing"]());
	await tick(before.page, m["lost.code.saved"]());
	await press(before.page, m["do.next"]());
	await sees(before.page, m["lost.code.done"]());
	expect(await before.page.locator("main").textContent(), "shown once").not.toContain(code);
	const cookie = await cookieOf(before);

	const seen = await visit();
	const { page } = seen;
	const history = historyOf(page);
	await page.goto("/in");
	await page.locator("main summary").click();
	await page.getByRole("link", { name: m["again.title"](), exact: true }).click();
	await seesHeading(page, m["again.title"]());
	expect(await inspect(page, { nepali: true })).toEqual([]);
	await press(page, m["do.next"]());
	await sees(page, m["err.required"]());
	// A paper is read as anybody writes it.
	const fresh = await comesBack(page, handle.replaceAll("-", " "), code.replaceAll("-", " ").toLowerCase());
	expect(await statusOf(cookie)).toBe(401);
	await isTurnedAway(page, handle, words);
	await signIn(page, handle, fresh);
	await page.goto("/mine");
	await seesHeading(page, m["home.greeting"]({ name: "निमबोट" }));
	await unfold(page, m["lost.title"]());
	await sees(page, m["lost.code.none"]());
	const kept = await keptBy(seen);
	for (const secret of [code, ...fresh.split(" ")]) expect(kept).not.toContain(secret);
	for (const address of history.addresses) expect(address).not.toMatch(printed);

	const again = await visit();
	await comesTo(again.page, handle, code);
	await press(again.page, m["own.words.keep"]());
	await sees(again.page, faultWords("recovery.wrong"));
	await seesHeading(again.page, m["again.title"]());
	await isTurnedAway(again.page, handle, words);
});

test("two people let her in again in person; what was before is closed until a day, and opens with her paper", async () => {
	const alias = "बयरबोट";
	const { handle, visits } = await newMember(alias, "9841000777");
	const hers = await visits();
	const paper = await makesCode(hers.page);
	const cookie = await cookieOf(hers);

	const [coordinator, focal] = [
		(await visitAs("coordinator", { device: "laptop" })).page,
		(await visitAs("focalPoint", { device: "laptop" })).page,
	];
	await openPerson(coordinator, alias);
	const sheet = coordinator.getByRole("complementary");
	expect(await sheet.textContent(), "covered until it is pressed").not.toContain(handle);
	await press(coordinator, m["people.lost.name"]());
	await sheet.getByText(handle, { exact: true }).waitFor();
	await press(coordinator, m["people.lost.cover"]());
	await sheet.getByText(handle, { exact: true }).waitFor({ state: "hidden" });
	await press(coordinator, m["people.lost.help"]());
	await sees(coordinator, m["people.lost.sure"]());
	expect(await inspect(coordinator, { nepali: true, names: [handle] })).toEqual([]);
	await inDialog(coordinator, m["people.lost.send"]());
	await sees(coordinator, m["people.lost.asked"]());

	await focal.goto("/asks");
	const card = focal.locator("section.card").filter({ hasText: handle });
	await card.getByText(m["asks.until.hour"]()).waitFor();
	await card.getByRole("button", { name: m["asks.approve"](), exact: true }).click();
	await sees(focal, m["asks.approve.beside"]());
	await inDialog(focal, m["asks.approve"]());
	await card.locator(".code li").nth(3).waitFor();
	const code = (await card.locator(".code li").allTextContents()).join("-");
	expect(code).toMatch(printed);
	expect(
		await inspect(focal, { nepali: true, names: [handle, ...code.split("-"), "localhost", "again"] }),
	).toEqual([]);
	await press(focal, m["asks.code.hide"]());
	await focal.reload();
	await unfold(focal, m["asks.decided"]());
	await card.getByText(m["asks.state.approved"]()).waitFor();
	expect(await focal.locator("main").textContent(), "shown once").not.toContain(code);
	await coordinator.goto("/asks");
	await unfold(coordinator, m["asks.decided"]());
	await coordinator.locator("section.card").filter({ hasText: handle }).first().waitFor();
	expect(await coordinator.locator("main").textContent(), "not for who asked").not.toContain(code);

	const back = await visit();
	const { page } = back;
	const fresh = await comesBack(page, handle, code);
	expect(await statusOf(cookie)).toBe(401);
	await isTurnedAway(page, handle, oldWords);
	await signIn(page, handle, fresh);
	await sees(page, m["held.link"]());
	await page.goto("/mine");
	await seesHeading(page, m["held.title"]());
	await sees(page, /[०-९]{4} \S+ [०-९]+ मा/);
	expect(await page.locator("main").textContent()).not.toContain(alias);
	expect(await inspect(page, { nepali: true, names: [handle] })).toEqual([]);
	await write(page, m["factor.code"](), code);
	await press(page, m["held.open"]());
	await sees(page, faultWords("recovery.wrong"));
	await write(page, m["factor.code"](), paper);
	await press(page, m["held.open"]());
	await sees(page, m["held.opened"]());
	await seesHeading(page, m["home.greeting"]({ name: alias }));
	await unfold(page, m["mine.looked"]());
	await sees(page, m["own.who.focal"]());
});

test("what is closed is told in one calm sentence with its day wherever she comes upon it", async () => {
	const { page } = await (await newMember("कागतीबोट")).visits();
	const closed = {
		status: 403,
		contentType: "application/problem+json",
		body: JSON.stringify({
			code: "account.held",
			status: 403,
			fields: [{ field: "until", code: "account.held", params: { day: "2026-12-04" } }],
		}),
	};
	for (const [path, asks] of [
		["/learn", "**/api/courses*"],
		["/meet", "**/api/support/slots*"],
	] as const) {
		await page.route(asks, (route) => route.fulfill(closed));
		await page.goto(path);
		await sees(page, "२०८३ मंसिर १८");
		await page.locator("main a[href='/mine']").first().waitFor();
		expect(await page.getByText(m["state.broken"]()).count(), path).toBe(0);
	}
});

test("whom she refused beforehand can't be let in by people here", async () => {
	const alias = "लप्सीबोट";
	const { handle, visits } = await newMember(alias);
	const { page } = await visits();
	await page.goto("/mine");
	await unfold(page, m["lost.title"]());
	await press(page, m["lost.two.close"]());
	await sees(page, m["lost.two.off"]());
	await sees(page, m["lost.neither"]());
	expect(await inspect(page, { nepali: true, names: [handle] })).toEqual([]);

	const focal = (await visitAs("focalPoint", { device: "laptop" })).page;
	await focal.goto("/asks");
	await unfold(focal, m["asks.new"]());
	await tick(focal, m["asks.kind.recovery"]());
	await sees(focal, m["asks.recovery.what"]());
	await press(focal, m["asks.send"]());
	await sees(focal, m["err.required"]());
	await write(focal, m["asks.handle"](), handle);
	await press(focal, m["asks.send"]());
	await sees(focal, faultWords("recovery.refused_by_her"));

	// She changes her mind, and then it goes.
	await press(page, m["lost.two.open"]());
	await sees(page, m["lost.two.on"]());
	await press(focal, m["asks.send"]());
	await sees(focal, m["asks.sent"]());
	await focal
		.locator("section.card")
		.filter({ hasText: handle })
		.getByRole("button", { name: m["asks.withdraw"](), exact: true })
		.click();
	await sees(focal, m["asks.state.withdrawn"]());
});
