import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { send, statusAt } from "./harness/ask.ts";
import { appDigits, plugIn } from "./harness/authenticator.ts";
import { inspect } from "./harness/inspect.ts";
import { keptBy } from "./harness/kept.ts";
import { type Newborn, type Staff, startNewborn } from "./harness/newborn.ts";
import { wary } from "./harness/proof.ts";
import {
	inDialog,
	press,
	register,
	sees,
	seesHeading,
	signIn,
	signOut,
	tick,
	unfold,
	write,
} from "./harness/steps.ts";
import { cookieOf, statusOf, visit, visitAs } from "./harness/visit.ts";
import { faultWords, m, number } from "./harness/words.ts";

// An organisation that isn't a demo, with a coordinator who is also its
// administrator, and whose passkey lies in the browser of the first test.
let real: Newborn;
beforeAll(async () => {
	real = await startNewborn();
});
afterAll(() => real?.stop());

/** Her words are right; the page asks for more. */
async function withWords(page: Page, { handle, words }: Staff): Promise<void> {
	await page.goto("/in");
	await write(page, m["signin.handle"](), handle);
	await write(page, m["signin.words"](), words);
	await press(page, m["signin.title"]());
}

const digits = async (page: Page, code: string) => {
	await write(page, m["signin.staffCode"](), code);
	await press(page, m["do.next"]());
};
const paper = (page: Page, code: string) =>
	page.getByRole("textbox", { name: m["factor.code"](), exact: true }).fill(code);
const home = (page: Page) => page.waitForURL(/\/today$/);

test("an administrator enrols a passkey before anything opens, keeps codes on paper, and comes in with either", async () => {
	const seen = await visit({ device: "laptop", url: real.url });
	const { page } = seen;
	const device = await plugIn(page);
	await withWords(page, real.founder);
	await seesHeading(page, m["enrol.title"]());
	await sees(page, m["enrol.passkey.only"]());
	expect(await inspect(page, { nepali: true })).toEqual([]);
	expect(await statusAt(page, "/api/settings")).toBe(401);
	await page.goto("/settings");
	await seesHeading(page, m["enrol.title"]());

	await press(page, m["enrol.passkey.make"]());
	await sees(page, m["fault.factor.name_missing"]());
	await write(page, m["enrol.name"](), "ल्यापटप");
	await device.willing(false);
	await press(page, m["enrol.passkey.make"]());
	await sees(page, m["factor.passkey.undone"]());
	await device.willing(true);
	await press(page, m["enrol.passkey.make"]());
	await seesHeading(page, m["codes.title"]());
	expect(await device.passkeys()).toBe(1);

	await press(page, m["codes.make"]());
	await page.locator(".sheet li").nth(9).waitFor();
	const codes = await page.locator(".sheet li").allTextContents();
	expect(new Set(codes).size).toBe(10);
	const names = codes.flatMap((code) => code.split("-"));
	expect(await inspect(page, { nepali: true, names })).toEqual([]);
	await page.emulateMedia({ media: "print" });
	expect(
		// biome-ignore lint/performance/useDomNodeTextContent: what is hidden on paper doesn't count
		(await page.locator("body").innerText()).trim().split(/\s+/),
		"nothing but codes is printed",
	).toEqual(codes);
	await page.emulateMedia({ media: null });
	await press(page, m["do.next"]());
	await sees(page, m["codes.savedMissing"]());
	await tick(page, m["codes.saved"]());
	await press(page, m["do.next"]());
	await home(page);
	const kept = await keptBy(seen);
	for (const code of codes) expect(kept).not.toContain(code);
	await signOut(page);

	await withWords(page, real.founder);
	await seesHeading(page, m["factor.title"]());
	expect(await inspect(page, { nepali: true })).toEqual([]);
	await device.willing(false);
	await press(page, m["factor.passkey.use"]());
	await sees(page, m["factor.passkey.undone"]());
	await device.willing(true);
	await press(page, m["factor.passkey.use"]());
	await home(page);
	await signOut(page);

	const [first = "", second = ""] = codes;
	for (const [code, right] of [
		[first.toLowerCase().replaceAll("-", " "), true],
		[first, false],
		[second, true],
	] as const) {
		await withWords(page, real.founder);
		await tick(page, m["factor.code"]());
		await paper(page, code);
		await press(page, m["do.next"]());
		if (right) {
			await home(page);
			await signOut(page);
			continue;
		}
		await sees(page, faultWords("factor.wrong"));
		await press(page, m["factor.startOver"]());
		await page.getByLabel(m["signin.handle"](), { exact: true }).waitFor();
	}

	// Before what reaches far she shows both once more, and what she gave stays.
	await withWords(page, real.founder);
	await press(page, m["factor.passkey.use"]());
	await home(page);
	await page.goto("/mine");
	await unfold(page, m["factors.title"]());
	await sees(page, m["codes.left"]({ count: number(8) }));
	await press(page, `${m["own.takeAway"]()} ल्यापटप`);
	await press(page, `${m["factors.takeDo"]()} ल्यापटप`);
	await sees(page, faultWords("factor.last_one"));
	const sent = await wary(page, "/api/factors/codes");
	await press(page, m["codes.anew"]());
	await press(page, m["codes.anew"]());
	await seesHeading(page, m["own.proof.title"]());
	await write(page, m["own.proof.words"](), real.founder.words);
	await inDialog(page, m["do.next"]());
	await page.getByRole("dialog").getByText(m["factor.what"]()).waitFor();
	expect(await inspect(page, { nepali: true })).toEqual([]);
	await inDialog(page, m["factor.passkey.use"]());
	await page.locator(".sheet li").nth(9).waitFor();
	expect(sent).toHaveLength(2);
	expect(sent[1]).toEqual(sent[0]);
	expect(await page.locator(".sheet li").allTextContents()).not.toContain(codes[2]);
	await tick(page, m["codes.saved"]());
	await press(page, m["do.next"]());
	await sees(page, m["codes.left"]({ count: number(10) }));

	// A code for the coordinator, who enrols an app.
	const { code } = (await send<{ code: string }>(page, "/api/setup/invitations", {
		role: "coordinator",
	})) ?? { code: "" };
	const coordinator = await real.admit(code);
	const { page: hers } = await visit({ device: "phone", url: real.url });
	await withWords(hers, coordinator);
	await tick(hers, m["factor.totp"]());
	await hers.locator("svg.square").waitFor();
	const secret = (await hers.locator(".handle").textContent()) ?? "";
	expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
	expect(await inspect(hers, { nepali: true, names: secret.split(" ") })).toEqual([]);
	await press(hers, m["enrol.app.keep"]());
	await sees(hers, m["factor.digits.short"]({ count: number(6) }));
	await write(hers, m["enrol.name"](), "फोन");
	const confirm = async (typed: string) => {
		await write(hers, m["enrol.app.digits"](), typed);
		await press(hers, m["enrol.app.keep"]());
	};
	await confirm(appDigits(secret, 1000));
	await sees(hers, faultWords("factor.wrong"));
	const enrolled = appDigits(secret);
	await confirm(enrolled);
	await seesHeading(hers, m["codes.title"]());
	await press(hers, m["do.later"]());
	await home(hers);
	await signOut(hers);

	await withWords(hers, coordinator);
	await seesHeading(hers, m["factor.title"]());
	await digits(hers, "12345");
	await sees(hers, m["factor.digits.short"]({ count: number(6) }));
	await digits(hers, enrolled);
	await sees(hers, faultWords("factor.wrong"));
	await digits(hers, appDigits(secret, 1));
	await home(hers);
});

test("without a net, and while the first step is over, the second one says so and loses nothing", async () => {
	const { page, context } = await visit({ device: "laptop", url: real.url });
	await withWords(page, real.founder);
	await tick(page, m["factor.code"]());
	await paper(page, "AAAA-BBBB-CCCC-DDDD");
	await context.setOffline(true);
	await press(page, m["do.next"]());
	await sees(page, m["state.offline"]());
	const field = page.getByRole("textbox", { name: m["factor.code"](), exact: true });
	expect(await field.inputValue()).toBe("AAAA-BBBB-CCCC-DDDD");
	await context.setOffline(false);
	await press(page, m["do.next"]());
	await sees(page, faultWords("factor.wrong"));
	expect(await field.inputValue()).toBe("");
	await page.reload();
	await seesHeading(page, m["factor.title"]());
	await page.getByText(m["factor.none"]()).click();
	await sees(page, m["factor.none.help"]());
	await press(page, m["factor.startOver"]());
	await page.goto("/settings");
	await page.getByLabel(m["signin.handle"](), { exact: true }).waitFor();
});

test("she sees where else she is signed in, is told of who came after her, and ends it", async () => {
	const first = await visit();
	const { handle, words } = await register(first.page, { alias: "धारा" });
	await signIn(first.page, handle, words);
	const other = await visit();
	await signIn(other.page, handle, words);
	const cookie = await cookieOf(other);
	expect(await statusOf(cookie)).toBe(200);
	await first.page.goto("/mine");
	await sees(first.page, m["signins.since"]({ count: number(1) }));
	await unfold(first.page, m["signins.title"]());
	await sees(first.page, m["signins.what"]());
	expect(await inspect(first.page, { nepali: true })).toEqual([]);
	await first.page.getByRole("button", { name: m["signins.end"]() }).click();
	await sees(first.page, m["signins.only"]());
	await first.page.getByText(m["signins.since"]({ count: number(1) })).waitFor({ state: "detached" });
	expect(await statusOf(cookie)).toBe(401);
	// What her other page was still asking may have brought it to the door by itself.
	await other.page.goto("/mine").catch(() => undefined);
	await other.page.waitForURL(/\/in$/);
});

test("in a demo no second step is asked, and the page says so to whoever would be asked elsewhere", async () => {
	const staff = (await visitAs("coordinator", { device: "laptop" })).page;
	await staff.goto("/mine");
	await sees(staff, m["factor.demo"]());
	await unfold(staff, m["factors.title"]());
	await sees(staff, m["factors.none"]());
	const member = (await visitAs("member")).page;
	await member.goto("/mine");
	await seesHeading(member, m["mine.held"]());
	expect(await member.getByText(m["factor.demo"]()).count()).toBe(0);
	expect(await member.getByText(m["factors.title"]()).count()).toBe(0);
});
