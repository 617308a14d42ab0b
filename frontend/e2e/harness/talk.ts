import type { Page } from "playwright-core";
import { press, seesHeading, tick, write } from "./steps.ts";
import { asciiDigits, m } from "./words.ts";

export interface Said {
	/** What it is about, in the words beside the picture. */
	about: string;
	text: string;
	/** Of those who might read it, the one whom it is about. */
	named?: string;
}

/** chooseTopic goes from wherever she is to the words, with a topic chosen. */
export async function chooseTopic(page: Page, about: string): Promise<void> {
	await page.goto("/talk");
	await press(page, m["exit.understood"]());
	await seesHeading(page, m["talk.title"]());
	await tick(page, about);
}

/** writeOn goes on from the chosen topic to the last button before sending. */
export async function writeOn(page: Page, { text, named }: Said): Promise<void> {
	await press(page, m["do.next"]());
	await seesHeading(page, m["talk.about.title"]());
	if (named) await tick(page, named);
	await press(page, m["do.next"]());
	await seesHeading(page, m["talk.write.title"]());
	await write(page, m["talk.write.label"](), text);
}

/** speakUp says something from the first question to the receipt, and gives back its digits. */
export async function speakUp(page: Page, said: Said): Promise<string> {
	await chooseTopic(page, said.about);
	await writeOn(page, said);
	await press(page, m["do.send"]());
	await seesHeading(page, m["receipt.title"]());
	return receiptOn(page);
}

/** The digits of the receipt on screen, as they would be written in English. */
export async function receiptOn(page: Page): Promise<string> {
	return asciiDigits((await page.locator(".code li > span:first-child").allTextContents()).join(""));
}

/** leaveReceipt says that the digits are written down, and goes. */
export async function leaveReceipt(page: Page): Promise<void> {
	await tick(page, m["receipt.have"]());
	await press(page, m["receipt.leave"]());
	await page.waitForURL(({ pathname }) => pathname !== "/talk");
}

/** comeBack types a receipt on the page for answers. */
export async function comeBack(page: Page, typed: string): Promise<void> {
	await page.goto("/answer");
	await press(page, m["exit.understood"]());
	await typeReceipt(page, typed);
}

/** typeReceipt does so where the page stands open already. */
export async function typeReceipt(page: Page, typed: string): Promise<void> {
	await write(page, m["receipt.enter"](), typed);
	await press(page, m["receipt.return"]());
	await page.getByRole("button", { name: m["receipt.done"](), exact: true }).waitFor();
}
