import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { read, statusAt } from "./harness/ask.ts";
import { enrols } from "./harness/authenticator.ts";
import { inspect } from "./harness/inspect.ts";
import { startServer } from "./harness/server.ts";
import {
	follow,
	inDialog,
	offeredWords,
	press,
	sees,
	seesHeading,
	signOut,
	tick,
	write,
} from "./harness/steps.ts";
import { neutral, visit, visitAs } from "./harness/visit.ts";
import { m, number } from "./harness/words.ts";

interface Settings {
	helplines: { name: { ne?: string }; number: string; checked: string }[];
	limits: { key: string; value: number }[];
}

/** The card with a heading. */
const card = (page: Page, heading: string) =>
	page
		.locator("section.card")
		.filter({ has: page.getByRole("heading", { level: 2, name: heading, exact: true }) });

test("an administrator changes a number to call and a limit, and sees what was changed", async () => {
	const { page } = await visitAs("administrator", { device: "laptop" });
	await page.goto("/settings");
	await seesHeading(page, m["set.title"]());
	const before = await read<Settings>(page, "/api/settings");
	const limit = before.limits.find(({ key }) => key === "memberIdle")?.value ?? 0;

	const numbers = card(page, m["set.helplines"]());
	const child = numbers.locator("li").filter({ hasText: "1098" });
	await child.getByRole("button", { name: m["do.change"]() }).click();
	const source = numbers.getByLabel(m["set.helpline.source"](), { exact: true });
	await source.fill("");
	await numbers.getByRole("button", { name: m["do.keep"](), exact: true }).click();
	await sees(page, m["err.required"]());
	expect(await inspect(page, { nepali: true })).toEqual([]);
	// Without net nothing that she wrote is lost.
	await source.fill("ncrc.gov.np ०९८");
	await page.context().setOffline(true);
	await numbers.getByRole("button", { name: m["do.keep"](), exact: true }).click();
	await sees(page, m["state.failed"]());
	expect(await source.inputValue()).toBe("ncrc.gov.np ०९८");
	await page.context().setOffline(false);
	await numbers.getByRole("button", { name: m["do.keep"](), exact: true }).click();
	await sees(page, m["set.saved"]());

	const limits = card(page, m["set.limits"]());
	const choose = async (value: number) => {
		await limits.getByRole("button", { name: m["do.change"]() }).click();
		await limits.getByLabel(m["set.limit.memberIdle"](), { exact: true }).selectOption(String(value));
		await limits.getByRole("button", { name: m["do.keep"](), exact: true }).click();
		await limits.getByText(m["set.saved"]()).waitFor();
	};
	await choose(limit + 1);

	const history = card(page, m["set.history"]());
	const line = history.locator("tbody tr").filter({ hasText: m["set.limit.memberIdle"]() }).first();
	await line.waitFor();
	expect(await line.textContent()).toContain(m["set.minutes"]({ count: number(limit) }));
	expect(await line.textContent()).toContain(m["role.admin"]());
	await history.locator("tbody tr").filter({ hasText: "ncrc.gov.np ०९८" }).first().waitFor();
	await choose(limit);

	for (const path of ["members", "desk", "grievances", "register-imports", "support/week?from=2026-11-22"]) {
		expect(await statusAt(page, `/api/${path}`), path).toBe(404);
	}
});

test("two who change one thing at once lose nothing: each sees what the other saved", async () => {
	const mine = (await visitAs("administrator", { device: "laptop" })).page;
	const theirs = (await visitAs("administrator", { device: "laptop" })).page;
	const open = async (page: Page) => {
		await page.goto("/settings");
		const numbers = card(page, m["set.helplines"]());
		await numbers
			.locator("li")
			.filter({ hasText: "104" })
			.getByRole("button", { name: m["do.change"]() })
			.click();
		return numbers;
	};
	const [hers, other] = [await open(mine), await open(theirs)];
	const keep = { name: m["do.keep"](), exact: true };
	await other.getByLabel(m["set.helpline.source"](), { exact: true }).fill("उहाँको");
	await other.getByRole("button", keep).click();
	await sees(theirs, m["set.saved"]());
	await hers.getByLabel(m["set.helpline.source"](), { exact: true }).fill("मेरो");
	await hers.getByRole("button", keep).click();
	await sees(mine, m["correct.conflict.safe"]());
	await sees(mine, /उहाँको/);
	expect(await inspect(mine, { nepali: true })).toEqual([]);
	await tick(mine, m["correct.mine"]());
	await press(mine, m["correct.finish"]());
	await sees(mine, m["set.saved"]());
	const history = card(mine, m["set.history"]());
	await history.locator("tbody tr").filter({ hasText: "मेरो" }).first().waitFor();
});

test("an administrator adds an address, is told of one that is taken, and takes hers away again", async () => {
	const { page } = await visitAs("administrator", { device: "laptop" });
	await page.goto("/settings");
	await seesHeading(page, m["set.title"]());
	const addresses = card(page, m["set.hosts"]());
	const keep = addresses.getByRole("button", { name: m["do.keep"](), exact: true });
	const line = (host: string) => addresses.locator("li").filter({ hasText: host });
	const type = async (host: string) => {
		await addresses.getByLabel(m["set.host.new"](), { exact: true }).fill(host);
		await keep.click();
	};
	await line("localhost").getByText(m["set.host.here"]()).waitFor();
	expect(await line("localhost").getByRole("button").count(), "the one that she is at stays").toBe(0);

	await addresses.getByRole("button", { name: m["set.host.add"]() }).click();
	await keep.click();
	await sees(page, m["set.host.missing"]());
	await type("nadi.localhost");
	await sees(page, m["fault.settings.host_taken"]());
	await type("साथी.example");
	await sees(page, m["fault.settings.host_name"]());
	expect(await inspect(page, { nepali: true, names: ["https", "sathi", "example"] })).toEqual([]);
	await type("https://Sathi.example/");
	await addresses.getByText(m["set.saved"]()).waitFor();
	await line("sathi.example").waitFor();
	const history = card(page, m["set.history"]());
	await history.locator("tbody tr").filter({ hasText: "sathi.example" }).first().waitFor();

	await line("sathi.example").getByRole("button", { name: m["set.host.remove"]() }).click();
	await sees(page, m["set.host.remove.what"]());
	expect(await inspect(page, { nepali: true, names: ["sathi", "example"] })).toEqual([]);
	await inDialog(page, m["set.host.remove"]());
	await line("sathi.example").waitFor({ state: "detached" });
	await history.locator("tbody tr").filter({ hasText: "sathi.example" }).nth(1).waitFor();
});

test("an administrator takes a supporting body off the list and puts it back by its address", async () => {
	const { page } = await visitAs("administrator", { device: "laptop" });
	await page.goto("/settings");
	const bodies = card(page, m["set.bodies"]());
	const partner = bodies.locator("li").filter({ hasText: "partner.localhost" });
	await partner.getByRole("button", { name: m["set.body.remove"]() }).click();
	await inDialog(page, m["set.body.remove"]());
	await sees(page, m["set.bodies.none"]());
	await bodies.getByRole("button", { name: m["set.body.add"]() }).click();
	const address = bodies.getByLabel(m["set.body.host"](), { exact: true });
	const keep = bodies.getByRole("button", { name: m["do.keep"](), exact: true });
	await address.fill("nadi.localhost"); // an organisation, but none that supports others
	await keep.click();
	await sees(page, m["fault.settings.body_unknown"]());
	// A button that the head of the page half covers would be taken for a small one.
	await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
	expect(await inspect(page, { nepali: true, names: ["partner", "example"] })).toEqual([]);
	await address.fill("partner.localhost");
	await keep.click();
	await partner.waitFor();

	const board = (await visitAs("board", { device: "laptop" })).page;
	await board.goto("/settings");
	await card(board, m["set.bodies"]()).locator("li").filter({ hasText: "partner.localhost" }).waitFor();
	await card(board, m["set.history"]())
		.locator("tbody tr")
		.filter({ hasText: m["set.bodies"]() })
		.first()
		.waitFor();
	expect(await card(board, m["set.bodies"]()).getByRole("button").count(), "the board reads").toBe(0);
});

test("a new organisation invites its coordinator by a code from hand to hand, and set-up closes for good", async () => {
	const empty = await startServer("run", neutral);
	try {
		const { page } = await visit({ device: "laptop", url: empty.url });
		await page.goto("/begin");
		await page.locator(".phrase li").nth(4).waitFor();
		await write(page, m["setup.code"](), /^ {4}([A-Z0-9-]+)$/m.exec(empty.printed())?.[1] ?? "");
		await write(page, m["setup.name"](), "पिपलबोट");
		await write(page, m["setup.group"](), "सबै समूह");
		await write(page, m["setup.alias"](), "सगुन");
		await tick(page, m["join.words.kept"]());
		await page.locator("label.pick").nth(1).click(); // her yes, once it is here
		await press(page, m["setup.go"]());
		await seesHeading(page, m["setup.done"]());
		await tick(page, m["join.done.have"]());
		await press(page, m["signin.title"]());
		await enrols(page);
		await follow(page, m["setup.people.title"]());
		await seesHeading(page, m["setup.people.title"]());
		await page
			.locator("li")
			.filter({ hasText: m["role.coordinator"]() })
			.getByRole("button", { name: m["setup.make"]() })
			.click();
		await sees(page, m["setup.shown.give"]());
		const code = (await page.locator(".code li").allTextContents()).join("-");
		expect(code).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4})+$/);
		expect(await inspect(page, { nepali: true, names: [code.replaceAll("-", " ")] })).toEqual([]);
		await press(page, m["setup.shown.hide"]());
		await page.locator(".code").waitFor({ state: "detached" });
		expect(page.url(), "nothing of the code is in the address").not.toContain(code.slice(0, 4));

		const phone = (await visit({ device: "phone", url: empty.url })).page;
		await phone.goto("/invited");
		await phone.locator(".phrase li").nth(4).waitFor();
		await phone.locator("label.pick").nth(1).waitFor();
		await press(phone, m["do.send"]());
		await sees(phone, m["err.invalid"]());
		expect(await inspect(phone, { nepali: true })).toEqual([]);
		await write(phone, m["setup.invited.code"](), code);
		await write(phone, m["join.alias"](), "इन्द्रेणी");
		await tick(phone, m["join.words.kept"]());
		await phone.locator("label.pick").nth(1).click();
		expect((await offeredWords(phone)).split(" ")).toHaveLength(5);
		await press(phone, m["do.send"]());
		await seesHeading(phone, m["setup.invited.done"]());
		await sees(phone, m["setup.invited.task"]({ role: m["role.coordinator"]() }));
		expect(await inspect(phone, { nepali: true })).toEqual([]);
		await tick(phone, m["join.done.have"]());
		await press(phone, m["signin.title"]());
		await enrols(phone);
		await phone.waitForURL(/\/today$/);

		// The code is used up, and she who gave it looks after no group any more.
		await signOut(phone);
		await page.goto("/setup");
		await sees(page, m["setup.state.taken"]());
		await press(page, m["setup.close"]());
		await inDialog(page, m["setup.close"]());
		await sees(page, m["setup.closed"]());
		expect(await statusAt(page, "/api/setup")).toBe(404);
		await page.goto("/setup");
		await sees(page, m["setup.closed"]());
		const asked = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/setup");
		await page.goto("/");
		await page.waitForURL(/\/settings$/);
		await press(page, m["exit.understood"]());
		await (await asked).finished();
		await card(page, m["set.history"]()).waitFor();
		expect(await page.getByRole("link", { name: m["setup.people.title"](), exact: true }).count()).toBe(0);
	} finally {
		await empty.stop();
	}
});
