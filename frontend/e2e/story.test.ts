import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
	changeOwn,
	press,
	register,
	sees,
	seesHeading,
	signIn,
	signOut,
	tick,
	write,
} from "./harness/steps.ts";
import { signInOf, type Visit, visit } from "./harness/visit.ts";
import { faultWords, m, number } from "./harness/words.ts";

// The story that the product tells, once from beginning to end. The steps hang
// together, so they are one test.

const fates = { created: 476, held: 10, failed: 34 } as const;

async function countOf(page: Page, word: string): Promise<string | null> {
	return page.locator(".fates label").filter({ hasText: word }).locator(".num").textContent();
}
const shown = (count: number) => String(number(count));
const openFate = (page: Page, word: string) => page.locator(".fates label").filter({ hasText: word }).click();

/** A woman comes, with nothing but a name, and waits. */
async function sheComes(seen: Visit, alias: string): Promise<void> {
	const { handle, words } = await register(seen.page, { alias });
	await signIn(seen.page, handle, words);
	await seesHeading(seen.page, m["home.greeting"]({ name: alias }));
	await sees(seen.page, m["mine.state.applied"]());
}

/** The old register is brought in: every fate counted, one row mended, one decided. */
async function bringTheRegisterIn(page: Page): Promise<void> {
	await page.getByRole("link", { name: m["nav.import"](), exact: true }).first().click();
	await seesHeading(page, m["register.title"]());
	await press(page, m["register.sample"]());
	await seesHeading(page, m["import.dry"]());
	await page.locator(".rows > li").first().waitFor();
	expect(await countOf(page, m["register.fate.created"]())).toBe(shown(fates.created));
	expect(await countOf(page, m["register.fate.held"]())).toBe(shown(fates.held));
	expect(await countOf(page, m["register.fate.failed"]())).toBe(shown(fates.failed));
	expect(await countOf(page, m["register.fate.updated"]())).toBe(shown(0));
	expect(await countOf(page, m["register.fate.skipped"]())).toBe(shown(0));

	// Line 37 has a birth that is no day; she writes it anew, in place.
	const faulty = page.locator(".rows > li").filter({ has: page.locator("p.num", { hasText: /^\S+ ३७$/ }) });
	await faulty.locator(".mend input").fill("2045/02/15");
	await faulty.getByRole("button", { name: m["register.mend.check"](), exact: true }).click();
	await faulty.getByText(m["register.mend.ok"]()).waitFor();
	await expect.poll(() => countOf(page, m["register.fate.failed"]())).toBe(shown(fates.failed - 1));

	// One that may be the same person is another.
	await openFate(page, m["register.fate.held"]());
	const held = page
		.locator(".rows > li")
		.filter({ hasText: faultWords("row.same_person_in_file") })
		.first();
	await held.getByRole("button", { name: m["register.decide.create"](), exact: true }).click();
	await expect.poll(() => countOf(page, m["register.fate.held"]())).toBe(shown(fates.held - 1));
	await expect.poll(() => countOf(page, m["register.fate.created"]())).toBe(shown(fates.created + 2));

	const count = number(fates.created + 2);
	await press(page, m["register.commit"]({ count }));
	await page
		.getByRole("dialog")
		.getByRole("button", { name: m["register.commit"]({ count }) })
		.click();
	await sees(page, /मध्ये .* पङ्क्ति ल्याइयो|जना सूचीमा/);
	// In the middle of it the page is loaded anew: it opens where it stands.
	await page.reload();
	await openNewest(page);
	await seesHeading(page, m["register.result.in"]({ count }));
}

/** The import opens by itself while it is at work; when it was quicker than the reload, it is the newest. */
async function openNewest(page: Page): Promise<void> {
	const newest = page.locator("button.whole").first();
	const own = page.getByRole("button", { name: m["register.back"](), exact: true });
	// It may open by itself just when it is pressed.
	await expect
		.poll(async () => {
			if (await own.isVisible()) return true;
			await newest.click({ timeout: 1_000 }).catch(() => undefined);
			return own.isVisible();
		})
		.toBe(true);
}

async function find(page: Page, typed: string): Promise<string[]> {
	const answered = page.waitForResponse((answer) => {
		const { pathname, searchParams } = new URL(answer.url());
		return pathname === "/api/members" && searchParams.get("q") === typed;
	});
	await write(page, m["people.search"](), typed);
	const { items } = (await (await answered).json()) as { items: { name: string }[] };
	await expect
		.poll(() => page.locator("button.whole b").allTextContents())
		.toEqual(items.map((item) => item.name));
	return items.map((item) => item.name);
}

/** A name typed in one script finds those written in the other. */
async function findByEitherScript(page: Page): Promise<void> {
	await page.getByRole("link", { name: m["nav.members"](), exact: true }).click();
	await seesHeading(page, m["nav.members"]());
	await page.locator("button.whole").first().waitFor();
	expect(await find(page, "सीता")).toEqual(expect.arrayContaining(["Sita Lama", "सीता लामा"]));
	expect(await find(page, "Seeta")).toEqual(expect.arrayContaining(["Sita Lama", "सीता लामा"]));
	expect((await find(page, "Shrestha")).some((name) => name.includes("श्रेष्ठ"))).toBe(true);
	expect((await find(page, "श्रेष्ठ")).some((name) => name.includes("Shrestha"))).toBe(true);
}

/** She opens the one whose row was mended and corrects the birth in Bikram Sambat. */
async function correctABirth(page: Page): Promise<void> {
	await find(page, "Sita Shrestha");
	await page.getByRole("button", { name: "सीता श्रेष्ठ" }).first().click();
	const person = page.getByRole("complementary");
	await person.getByText("२०४५ जेठ १५").waitFor();
	await person.getByRole("button", { name: m["do.correct"](), exact: true }).click();
	await page.getByLabel(m["birth.dayOf"](), { exact: true }).selectOption("16");
	await press(page, m["do.keep"]());
	await person.getByText(m["correct.kept"]()).waitFor();
	await person.getByText("२०४५ जेठ १६").waitFor();
	await person.getByText("१९८८ मे २९").waitFor();
}

/** The whole import is taken back. Whom she corrected stays. */
async function undoTheImport(page: Page): Promise<void> {
	await page.getByRole("link", { name: m["nav.import"](), exact: true }).first().click();
	await seesHeading(page, m["register.title"]());
	await openNewest(page);
	await press(page, m["register.undo"]());
	await page.getByRole("dialog").getByRole("button", { name: m["register.undo"](), exact: true }).click();
	await seesHeading(page, m["register.result.undone"]());
	await sees(page, m["register.result.kept"]({ count: number(1) }));
}

const applicant = (page: Page, alias: string) =>
	page.getByRole("button", { name: m["desk.answerName"]({ name: alias }), exact: true });

async function approve(page: Page, alias: string, group: RegExp): Promise<void> {
	await page.getByRole("link", { name: m["nav.today"](), exact: true }).click();
	await applicant(page, alias).click();
	await press(page, m["answer.approve"]());
	await sees(page, faultWords("member.group_missing"));
	const groups = page.getByLabel(m["answer.group"](), { exact: true });
	const option = groups.locator("option").filter({ hasText: group });
	await groups.selectOption((await option.getAttribute("value")) ?? "");
	await press(page, m["answer.approve"]());
	const asked = page.getByRole("dialog");
	await asked.getByText(m["mine.state.active"]()).waitFor();
	await asked.getByRole("button", { name: m["answer.approve"](), exact: true }).click();
	await sees(page, m["answer.approved"]({ name: alias }));
}

async function decline(page: Page, alias: string, words: string): Promise<void> {
	await page.getByRole("link", { name: m["nav.today"](), exact: true }).click();
	await applicant(page, alias).click();
	await press(page, m["answer.decline"]());
	await tick(page, m["answer.reason.talk_first"]());
	await write(page, m["answer.words"](), words);
	await page.locator("blockquote").getByText(words).waitFor();
	await press(page, m["answer.send"]());
	await sees(page, m["answer.declined"]());
}

/** What is hers on her own page: what is held, her name to change, her yes to take back. */
async function lookAfterHerOwn(page: Page): Promise<void> {
	await seesHeading(page, m["mine.held"]());
	for (const field of [m["mine.field.alias"](), m["mine.field.group"](), m["mine.field.sign_in"]()]) {
		await page.getByRole("term").filter({ hasText: field }).first().waitFor();
	}
	await changeOwn(page, m["mine.field.alias"]());
	await write(page, m["mine.alias.new"](), "नयाँ बिहानी");
	await press(page, m["do.keep"]());
	await seesHeading(page, m["home.greeting"]({ name: "नयाँ बिहानी" }));
	await press(page, `${m["consent.withdraw"]()} ${m["consent.purpose.membership"]()}`);
	const asked = page.getByRole("dialog");
	await asked.getByText(m["mine.withdraw.membership"]()).waitFor();
	await asked.getByRole("button", { name: m["consent.withdraw"](), exact: true }).click();
	await sees(page, m["mine.withdraw.done"]());
	await sees(page, m["mine.state.ended"]());
}

test("a woman comes, the old register moves in, and she is welcome", async () => {
	const she = await visit({ device: "phone" });
	await sheComes(she, "जूनकिरी");
	const another = await visit({ device: "phone", timezoneId: "Europe/Oslo" });
	await sheComes(another, "कुहिरो");

	const { page } = await visit({ device: "laptop" });
	const { handle, passphrase } = signInOf("coordinator");
	await signIn(page, handle, passphrase);
	await applicant(page, "जूनकिरी").waitFor();
	await bringTheRegisterIn(page);
	await findByEitherScript(page);
	await correctABirth(page);
	await undoTheImport(page);
	await approve(page, "जूनकिरी", /कास्की/);
	await decline(page, "कुहिरो", "शनिबार दिउँसो भेटौं है।");
	await signOut(page);

	await she.page.reload();
	await sees(she.page, m["mine.state.active"]());
	await sees(she.page, "कास्की");
	await lookAfterHerOwn(she.page);
	await signOut(she.page);

	await another.page.reload();
	await sees(another.page, m["mine.state.declined"]());
	await sees(another.page, m["mine.reason.talk_first"]());
	await sees(another.page, "शनिबार दिउँसो भेटौं है।");
});
