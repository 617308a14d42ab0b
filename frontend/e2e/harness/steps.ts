import type { Page } from "playwright-core";
import { expect } from "vitest";
import { m } from "./words.ts";

// What a person does, in the words she sees. Each of these waits until the page
// has come to where she wanted.

export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
export const follow = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).click();
export const write = (page: Page, label: string, text: string) =>
	page.getByLabel(label, { exact: true }).fill(text);
/** sees waits until a text is on screen. */
export const sees = (page: Page, text: string | RegExp) =>
	page.getByText(text).filter({ visible: true }).first().waitFor();
export const seesHeading = (page: Page, name: string) =>
	page.getByRole("heading", { name, exact: true }).waitFor();
/** settled waits until nothing on the page is on its way any more; something of the page must be there. */
export const settled = (page: Page) => expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
/** tick takes a choice or says a yes, by the words beside it. */
export const tick = (page: Page, words: string) =>
	page.locator("label.pick").filter({ hasText: words }).first().click();

/** inDialog presses a button of the question that stands above the page. */
export const inDialog = (page: Page, name: string) =>
	page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

/** changeOwn opens the form for one thing that is held of her, by its name. */
export const changeOwn = (page: Page, field: string) => press(page, `${m["do.change"]()} ${field}`);

/** unfold opens a part of the page that is folded away. */
export async function unfold(page: Page, title: string): Promise<void> {
	await page.locator("summary").filter({ hasText: title }).click();
	await page.locator("details[open]").filter({ hasText: title }).locator(".fold").waitFor();
}

export interface Registered {
	handle: string;
	words: string;
}

export interface Registration {
	alias: string;
	/** The name of a group as it is shown; without one she does not know. */
	group?: string;
	phone?: string;
	/** What she ticks when she is asked whether she is 18. */
	age?: string;
}

/** registering goes through all steps up to the last, where her yes is still to be given. */
export async function registering(page: Page, { alias, group, phone, age }: Registration): Promise<string> {
	await page.goto("/join");
	await press(page, m["exit.understood"]());
	await write(page, m["join.alias"](), alias);
	if (age) await tick(page, age);
	await press(page, m["do.next"]());
	await seesHeading(page, m["join.group"]());
	await tick(page, group ?? m["join.groupUnknown"]());
	await press(page, m["do.next"]());
	await page.locator(".phrase li").nth(4).waitFor();
	const words = await offeredWords(page);
	await tick(page, m["join.words.kept"]());
	await press(page, m["do.next"]());
	await seesHeading(page, m["join.consent.title"]());
	await page.locator("label.pick").first().waitFor();
	if (phone) await write(page, m["join.phone"](), phone);
	return words;
}

/** The five words on screen, without the numbers before them. */
export async function offeredWords(page: Page): Promise<string> {
	const words = await page
		.locator(".phrase li")
		.evaluateAll((all) => all.map((li) => li.lastChild?.textContent?.trim() ?? ""));
	return words.join(" ");
}

/** register makes her an applicant; she stands before her sign-in name, still signed out. */
export async function register(page: Page, who: Registration): Promise<Registered> {
	const words = await registering(page, who);
	await page.locator("label.pick").first().click();
	await press(page, m["do.send"]());
	await seesHeading(page, m["join.done.title"]());
	return { handle: (await page.locator(".handle").textContent()) ?? "", words };
}

/** signIn goes in by the door and waits for the page that is hers. */
export async function signIn(page: Page, handle: string, words: string): Promise<void> {
	await page.goto("/in");
	await write(page, m["signin.handle"](), handle);
	await write(page, m["signin.words"](), words);
	await press(page, m["signin.title"]());
	await page.waitForURL(({ pathname }) => pathname !== "/in");
	// The door stands until the file of the next page is here.
	await page.locator("main h1").filter({ hasNotText: m["signin.title"]() }).waitFor();
}

/**
 * comesAnew does what ends her session here, and waits for the new document that
 * follows: the old one says that it is done while it still stands.
 */
export async function comesAnew(page: Page, ends: () => Promise<unknown>): Promise<void> {
	await page.evaluate(() => Object.assign(globalThis, { ofHers: true }));
	await ends();
	await page.waitForFunction(() => !("ofHers" in globalThis) && document.readyState === "complete");
}

/** signOut leaves by the foot of the page, and waits until the page was loaded anew. */
export async function signOut(page: Page): Promise<void> {
	await comesAnew(page, async () => {
		await press(page, m["signout.button"]());
		await page.waitForURL(/\/in$/);
	});
	await sees(page, m["signout.done"]());
}

/** openPerson finds somebody by her name on a coordinator's page, and opens her; of several the first. */
export async function openPerson(page: Page, name: string): Promise<void> {
	await page.goto("/people");
	await write(page, m["people.search"](), name);
	await page
		.locator("button.whole", { has: page.getByText(name, { exact: true }) })
		.first()
		.click();
	await page.getByRole("complementary").getByRole("heading", { name, exact: true }).waitFor();
}
