import { expect, test } from "vitest";
import { press, register, registering, sees, seesHeading, signIn, signOut, tick } from "./harness/steps.ts";
import { visit } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

test("with nothing but a name, “I do not know” and her yes she is heard, and sees that she waits", async () => {
	const { page } = await visit();
	await page.goto("/");
	await page.getByRole("link", { name: m["join.title"](), exact: true }).waitFor();
	const { handle, words } = await register(page, { alias: "परेवा" });
	expect(handle.split("-")).toHaveLength(3);
	expect(words.split(" ")).toHaveLength(5);

	await press(page, m["join.done.open"]());
	await sees(page, m["join.done.haveMissing"]());
	await tick(page, m["join.done.have"]());
	await press(page, m["join.done.open"]());
	await seesHeading(page, m["home.greeting"]({ name: "परेवा" }));
	await sees(page, m["mine.state.applied"]());
	await sees(page, m["mine.noGroup"]());
	await signOut(page);

	await signIn(page, ` ${handle.replaceAll("-", " ").toUpperCase()} `, words);
	await sees(page, m["mine.state.applied"]());
});

test("she may name a group and leave a number, which asks for a yes of its own", async () => {
	const { page } = await visit();
	await registering(page, { alias: "मैना", group: "कास्की", phone: "९८४१ ०००३३३" });
	await page.locator("label.pick").first().click();
	await press(page, m["do.send"]());
	await sees(page, faultWords("registration.phone_consent_missing"));
	await page.locator("label.pick").nth(1).click();
	await press(page, m["do.send"]());
	await seesHeading(page, m["join.done.title"]());
	await tick(page, m["join.done.have"]());
	await press(page, m["join.done.open"]());
	await sees(page, "कास्की");
	await sees(page, "9779841000333");
});

test("nothing goes on without her name, a choice, her words and her yes, and what she wrote stays", async () => {
	const { page } = await visit();
	const before = await atFirstStep(page);
	await press(page, m["do.next"]());
	await sees(page, faultWords("registration.alias_missing"));
	await page.getByLabel(m["join.alias"](), { exact: true }).fill("जुनेली");
	await press(page, m["do.next"]());
	await seesHeading(page, m["join.group"]());
	await press(page, m["do.next"]());
	await sees(page, m["join.groupMissing"]());
	await tick(page, m["join.groupUnknown"]());
	await press(page, m["do.next"]());
	await page.locator(".phrase li").nth(4).waitFor();
	await press(page, m["do.next"]());
	await sees(page, m["join.words.keptMissing"]());
	await tick(page, m["join.words.kept"]());
	await press(page, m["do.next"]());
	await seesHeading(page, m["join.consent.title"]());
	await page.locator("label.pick").first().waitFor();
	await press(page, m["do.send"]());
	await sees(page, faultWords("registration.consent_missing"));

	for (let steps = 0; steps < 3; steps++) await press(page, m["do.back"]());
	expect(await page.getByLabel(m["join.alias"](), { exact: true }).inputValue()).toBe("जुनेली");
	expect(await page.evaluate(() => history.length), "entries in the history").toBe(before);
});

async function atFirstStep(page: import("playwright-core").Page): Promise<number> {
	await page.goto("/join");
	await seesHeading(page, m["exit.before"]());
	await sees(page, m["exit.history"]());
	const entries = await page.evaluate(() => history.length);
	await press(page, m["exit.understood"]());
	return entries;
}
