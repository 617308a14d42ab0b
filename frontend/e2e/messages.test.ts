import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import type { Carried } from "./harness/carrier.ts";
import { inspect } from "./harness/inspect.ts";
import { visitAsNewMember } from "./harness/member.ts";
import { press, sees, seesHeading, unfold, write } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

const carrier = inject("carrier");

/** What went to a number so far. */
async function wentTo(number: string): Promise<string[]> {
	const all: Carried[] = await (await fetch(carrier)).json();
	return all.filter(({ to }) => to === number).map(({ text }) => text);
}

/** The hour in Nepal, some hours on, as it is chosen. */
function nepalHour(on: number): string {
	const hour = Number(
		new Intl.DateTimeFormat("en-GB", {
			timeZone: "Asia/Kathmandu",
			hour: "2-digit",
			hourCycle: "h23",
		}).format(Date.now()),
	);
	return `${String((hour + on + 24) % 24).padStart(2, "0")}:00`;
}

async function opens(page: Page): Promise<void> {
	await page.goto("/mine");
	await seesHeading(page, m["mine.held"]());
	await unfold(page, m["notice.title"]());
}

/** What she says yes to, in a text that comes later than the form. */
const herYes = (page: Page) => page.locator("details[open] label.tick");

/** optIn fills in a number and hours that include this moment, on every day. */
async function optIn(page: Page, number: string): Promise<void> {
	await press(page, m["notice.sms.begin"]());
	await write(page, m["notice.sms.number"](), number);
	// The face of a tick lies over it, so a finger meets the label.
	for (const day of await page.getByRole("group", { name: m["notice.sms.days"]() }).locator("label").all()) {
		await day.click();
	}
	await page.getByLabel(m["notice.sms.from"](), { exact: true }).selectOption(nepalHour(-2));
	await page.getByLabel(m["notice.sms.to"](), { exact: true }).selectOption(nepalHour(3));
	await herYes(page).click();
	await press(page, m["notice.sms.send"]());
}

test("she opts in, shows that the phone is hers, and stops it in one step", async () => {
	const number = "9841000071";
	const { page } = await visitAsNewMember("कोदोबारी");
	await opens(page);
	await sees(page, m["notice.sms.none"]());
	expect(await wentTo(number)).toEqual([]);
	await optIn(page, number);
	await expect.poll(() => wentTo(number), { timeout: 30_000 }).toHaveLength(1);
	const [told = ""] = await wentTo(number);
	const code = /\d{6}/.exec(told)?.[0] ?? "";
	// She goes on where the digits belong, without looking for it.
	const inSight = () =>
		page.evaluate(() => {
			const { top, bottom } = document.activeElement?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
			return top >= 0 && bottom <= innerHeight && document.activeElement !== document.body;
		});
	await expect.poll(inSight).toBe(true);
	expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
	await write(page, m["notice.code.type"](), code === "000000" ? "111111" : "000000");
	await press(page, m["notice.code.check"]());
	await sees(page, faultWords("notice.code_wrong"));
	await write(page, m["notice.code.type"](), code);
	await press(page, m["notice.code.check"]());
	await sees(page, m["notice.stop"]());
	await expect.poll(inSight).toBe(true);
	await page.locator("[role=status]:focus").waitFor();
	expect(await inspect(page, { nepali: true })).toEqual([]);
	await press(page, m["notice.stop"]());
	await sees(page, m["notice.stopped"]());
	await page.locator("[role=status]:focus").waitFor();
	await opens(page);
	await sees(page, m["notice.sms.none"]());
	expect(await wentTo(number)).toHaveLength(1);
});

test("nothing is filled in or ticked before, and what is missing is said", async () => {
	const { page } = await visitAsNewMember("जुनेलीबारी");
	await opens(page);
	await press(page, m["notice.sms.begin"]());
	await sees(page, m["notice.sms.shared"]());
	await herYes(page).waitFor();
	for (const box of await page.locator("details[open]").getByRole("checkbox").all())
		expect(await box.isChecked()).toBe(false);
	await press(page, m["notice.sms.send"]());
	await sees(page, m["err.required"]());
	await sees(page, faultWords("notice.hours_missing"));
	await sees(page, m["notice.sms.agree"]());
	expect(await inspect(page, { nepali: true })).toEqual([]);
});

test("whoever administers reads who carries messages out", async () => {
	const { page } = await visitAs("administrator", { device: "laptop" });
	await page.goto("/settings");
	await seesHeading(page, m["set.carriers"]());
	await sees(page, m["set.carriers.sms"]({ name: "Aakash" }));
	await sees(page, m["set.carriers.noMail"]());
});
