import { expect, test } from "vitest";
import { bring, bringIn } from "./harness/register.ts";
import { changeOwn, press, register, sees, seesHeading, signIn, tick, write } from "./harness/steps.ts";
import { visit, visitAs } from "./harness/visit.ts";
import { faultWords, m, number } from "./harness/words.ts";

const who = "रीता दोहोरो";

test("when two correct one person both versions are shown, and nothing that was written is lost", async () => {
	const first = await visitAs("coordinator", { device: "laptop" });
	await bringIn(first.page, ["नाम,फोन,समूह", `${who},9841000771,काठमाडौं`]);
	const second = await visitAs("coordinator", { device: "laptop" });
	for (const { page } of [first, second]) {
		await page.goto("/people");
		await write(page, m["people.search"](), who);
		await page.getByRole("button", { name: who }).click();
		await press(page, m["do.correct"]());
	}
	await write(first.page, m["mine.field.phone"](), "9841000772");
	await write(first.page, m["mine.legalName"](), `${who} थापा`);
	await press(first.page, m["do.keep"]());
	await sees(first.page, m["correct.kept"]());

	const { page } = second;
	await write(page, m["mine.field.phone"](), "9841000773");
	await press(page, m["do.keep"]());
	await seesHeading(page, m["correct.conflict"]());
	await sees(page, m["correct.conflict.safe"]());
	await sees(page, "9841000773");
	await sees(page, "9841000772");
	await tick(page, m["correct.mine"]());
	await press(page, m["correct.finish"]());
	await sees(page, m["correct.kept"]());
	await seesHeading(page, `${who} थापा`);
	await sees(page, "9841000773");
});

test("when she changes her name on two phones the later one is told, and keeps what it wrote", async () => {
	const one = await visit();
	const { handle, words } = await register(one.page, { alias: "दुईफोन" });
	await signIn(one.page, handle, words);
	const other = await visit({ storageState: await one.context.storageState() });
	await other.page.goto("/mine");
	for (const { page } of [one, other]) await changeOwn(page, m["mine.field.alias"]());
	await write(one.page, m["mine.alias.new"](), "पहिलो");
	await press(one.page, m["do.keep"]());
	await seesHeading(one.page, m["home.greeting"]({ name: "पहिलो" }));

	await write(other.page, m["mine.alias.new"](), "दोस्रो");
	await press(other.page, m["do.keep"]());
	await sees(other.page, faultWords("request.stale"));
	const field = other.page.getByLabel(m["mine.alias.new"](), { exact: true });
	expect(await field.inputValue()).toBe("दोस्रो");
	await press(other.page, m["state.again"]());
	await seesHeading(other.page, m["home.greeting"]({ name: "पहिलो" }));
	expect(await field.inputValue()).toBe("दोस्रो");
	await press(other.page, m["do.keep"]());
	await seesHeading(other.page, m["home.greeting"]({ name: "दोस्रो" }));
});

test("a register that is changed in another window shows its newest report and does not act on the old one", async () => {
	const first = await visitAs("coordinator", { device: "laptop" });
	await bring(first.page, ["नाम,समूह", "गोमा एक,काठमाडौं", "गोमा दुई,काठमाडौं"]);
	const second = await visitAs("coordinator", { device: "laptop" });
	await second.page.goto("/list");
	await second.page.locator("button.whole").first().click();
	for (const { page } of [first, second]) await page.locator(".rows > li").nth(1).waitFor();

	const skip = (page: typeof first.page, nth: number) =>
		page.locator(".rows > li").nth(nth).getByRole("button", { name: m["register.skip"](), exact: true });
	await skip(first.page, 0).click();
	await first.page.getByRole("button", { name: m["register.commit"]({ count: number(1) }) }).waitFor();
	await skip(second.page, 1).click();
	await sees(second.page, m["register.stale"]());
	await second.page.getByRole("button", { name: m["register.commit"]({ count: number(1) }) }).waitFor();
	await press(second.page, m["register.discard"]());
	await second.page
		.getByRole("dialog")
		.getByRole("button", { name: m["register.discard"](), exact: true })
		.click();
	await sees(second.page, m["register.discarded"]());
});

test("who has lost a role in an open window is told so, and the menu follows", async () => {
	const { page } = await visitAs("coordinator");
	await page.goto("/today");
	const members = page.locator(".nav a[href='/people']");
	await members.waitFor();
	// As the server answers once two people have taken the role from her.
	await page.route("**/api/session", async (route) => {
		const now = await (await route.fetch()).json();
		return route.fulfill({ json: { ...now, roles: ["member"] } });
	});
	await page.route(/\/api\/members(\?|$)/, (route) =>
		route.fulfill({ status: 404, contentType: "application/problem+json", json: { code: "request.absent" } }),
	);
	await members.click();
	await seesHeading(page, m["session.changed"]());
	await page.waitForURL("**/home");
	await page.getByRole("dialog").getByRole("button", { name: m["do.close"](), exact: true }).click();
	expect(await members.count()).toBe(0);
});
