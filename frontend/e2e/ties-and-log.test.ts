import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { read, send, statusAt } from "./harness/ask.ts";
import { inspect } from "./harness/inspect.ts";
import { follow, inDialog, press, sees, seesHeading, tick, unfold, write } from "./harness/steps.ts";
import { speakUp } from "./harness/talk.ts";
import { organisations, signInOf, stateOf, visit, visitAs } from "./harness/visit.ts";
import { m, number } from "./harness/words.ts";

const second = organisations.second;
const as = async (role: string, organisation?: string) =>
	(await visitAs(role, { device: "laptop", ...(organisation && { organisation }) })).page;
const card = (page: Page, words: string) => page.locator("section.card").filter({ hasText: words });

test("she who is close to somebody says so in words, the focal point notes who it is, and it can end", async () => {
	const words = "तालिम दिने मान्छे मेरी काकी हुन्।";
	const she = (await visitAs("peerSupporter")).page;
	await she.goto("/ties");
	await unfold(she, m["ties.add"]());
	await press(she, m["ties.keep"]());
	await sees(she, m["err.required"]());
	await tick(she, m["ties.kind.relative"]());
	await write(she, m["ties.words"](), words);
	await press(she, m["ties.keep"]());
	await sees(she, m["ties.kept"]());
	await card(she, words).getByText(m["ties.open"]()).waitFor();
	expect(await she.getByText(m["ties.others"]()).count(), "what others said is none of hers").toBe(0);

	const focal = await as("focalPoint");
	await focal.goto("/ties");
	const { handle } = signInOf("trainer");
	await card(focal, words).getByLabel(m["ties.settle.handle"](), { exact: true }).fill(handle);
	await card(focal, words).getByRole("button", { name: m["ties.settle"]() }).click();
	await card(focal, words)
		.getByText(m["ties.about"]({ alias: "कल्पना" }))
		.waitFor();
	expect(await inspect(focal, { nepali: true, names: [handle] })).toEqual([]);

	// A sign-in name that somebody else noted doesn't come to her.
	await she.goto("/ties");
	await card(she, words).waitFor();
	expect(await card(she, words).textContent()).not.toContain(handle);
	await card(she, words).getByRole("button", { name: m["ties.end"]() }).click();
	await card(she, words)
		.getByText(m["ties.ended"]({ day: "" }).trim())
		.waitFor();
	expect(await card(she, words).getByRole("button").count()).toBe(0);
});

test("who reads first says whom she is close to, and whoever is named in it later is shut out", async () => {
	// In the small organisation, where nobody has looked after grievances alone before.
	const [coordinator, board] = [await as("coordinator", second), await as("board", second)];
	const { address, handle, passphrase } = signInOf("member", second);
	for (const page of [coordinator, board]) await page.goto("/safe");
	const change = async (give: boolean) => {
		const request = { kind: "role", handle, role: "focalPoint", give, reason: "परीक्षण" };
		const asked = await send<{ id: string }>(coordinator, "/api/requests", request);
		await send(board, `/api/requests/${asked?.id}/approve`, {});
	};
	await change(true);
	try {
		const sender = (await visit({ url: address })).page;
		await speakUp(sender, { about: m["talk.cat4"](), text: "भनेको कुरा बाहिर पुग्यो।" });
		const storageState = await stateOf({ address, handle, passphrase });
		const { page } = await visit({ storageState, url: address, device: "laptop" });
		const open = async () => {
			await page.goto("/matters");
			await page.locator("[data-matter]").first().click();
			await press(page, m["handle.conflictNo"]());
		};
		await open();
		await sees(page, m["ties.never"]());
		expect(await page.locator("main").textContent()).not.toContain("बाहिर पुग्यो");
		expect(await inspect(page, { nepali: true })).toEqual([]);
		await follow(page, m["handle.declare"]());
		await press(page, m["ties.none"]());
		await sees(page, m["ties.none.done"]());
		await open();
		await sees(page, "भनेको कुरा बाहिर पुग्यो।");

		await press(page, m["handle.name"]());
		await inDialog(page, m["handle.name.do"]());
		await sees(page, m["err.required"]());
		await write(page, m["asks.handle"](), signInOf("board", second).handle);
		expect(await inspect(page, { nepali: true })).toEqual([]);
		await inDialog(page, m["handle.name.do"]());
		await sees(page, m["handle.name.done"]());
		await sees(page, "भनेको कुरा बाहिर पुग्यो।");

		await page.goto("/log");
		await unfold(page, m["log.mine"]());
		await page.locator("tbody tr").first().waitFor();
		expect(await inspect(page, { nepali: true })).toEqual([]);
	} finally {
		await change(false);
	}
});

test("many opened one after another is told to whoever protects, who marks it as seen", async () => {
	const coordinator = await as("coordinator");
	await coordinator.goto("/safe");
	const { items } = await read<{ items: { id: string }[] }>(
		coordinator,
		"/api/members?limit=60&state=active",
	);
	for (const { id } of items) await read(coordinator, `/api/members/${id}`);
	const focal = await as("focalPoint");
	await focal.goto("/today");
	const { alerts } = await read<{ alerts: number }>(focal, "/api/desk");
	await focal.getByRole("link", { name: m["desk.alerts"]({ count: number(alerts) }) }).click();
	await seesHeading(focal, m["log.title"]());
	const told = focal.locator("li.row").filter({ hasText: m["role.coordinator"]() }).first();
	await told.waitFor();
	expect(await inspect(focal, { nepali: true })).toEqual([]);
	await told.getByRole("button", { name: m["log.seen"](), exact: true }).click();
	await told.getByText(m["log.wasSeen"]()).waitFor();
	expect((await read<{ alerts: number }>(focal, "/api/desk")).alerts).toBe(alerts - 1);
});

test("the board sees how much was done, and whoever looks after the computer that something was", async () => {
	const board = await as("board");
	await board.goto("/log");
	await unfold(board, m["log.summary"]());
	await board.locator("tbody tr").nth(3).waitFor();
	expect(await inspect(board, { nepali: true })).toEqual([]);
	for (const path of ["trail", "trail/technical"]) {
		expect(await statusAt(board, `/api/${path}`), path).toBe(404);
	}

	const administrator = await as("administrator");
	await administrator.goto("/log");
	await unfold(administrator, m["log.technical"]());
	await administrator.locator("tbody tr").nth(3).waitFor();
	expect(await inspect(administrator, { nepali: true })).toEqual([]);
	for (const path of ["trail", "trail/summary", "alerts"]) {
		expect(await statusAt(administrator, `/api/${path}`), path).toBe(404);
	}
});
