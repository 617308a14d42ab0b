import { afterAll, beforeAll, expect, test } from "vitest";
import { enrols } from "./harness/authenticator.ts";
import { inspect } from "./harness/inspect.ts";
import { type Server, startServer } from "./harness/server.ts";
import { follow, offeredWords, press, sees, seesHeading, tick, write } from "./harness/steps.ts";
import { neutral, visit } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

let empty: Server;
beforeAll(async () => {
	empty = await startServer("run", neutral);
});
afterAll(() => empty?.stop());

function printedCode(): string {
	const found = /^ {4}([A-Z0-9-]+)$/m.exec(empty.printed());
	if (!found?.[1]) throw new Error(`no code in:\n${empty.printed()}`);
	return found[1];
}

async function fill(page: import("playwright-core").Page, code: string): Promise<void> {
	await write(page, m["setup.code"](), code);
	await write(page, m["setup.name"](), "पिपलबोट");
	await write(page, m["setup.group"](), "सबै समूह");
	await write(page, m["setup.alias"](), "सगुन");
	await tick(page, m["join.words.kept"]());
	// Her yes, which is asked for in a text that comes later.
	await page.locator("label.pick[lang]").click();
}

test("an empty server is set up with the printed code, once", async () => {
	const { page } = await visit({ device: "laptop", url: empty.url });
	await page.goto("/");
	await sees(page, m["start.notSetUp"]());
	await follow(page, m["setup.start"]());
	await seesHeading(page, m["setup.title"]());
	await page.locator(".phrase li").nth(4).waitFor();
	await press(page, m["setup.go"]());
	await sees(page, m["err.invalid"]());
	expect(await inspect(page, { nepali: true })).toEqual([]);

	// A second person has the page open as well.
	const late = await visit({ device: "laptop", url: empty.url });
	await late.page.goto("/begin");
	await late.page.locator(".phrase li").nth(4).waitFor();
	await fill(late.page, "AAAA-BBBB-CCCC-DDDD");
	await press(late.page, m["setup.go"]());
	await sees(late.page, faultWords("setup.code_refused"));

	await fill(page, printedCode());
	const words = await offeredWords(page);
	await press(page, m["setup.go"]());
	await seesHeading(page, m["setup.done"]());
	expect(await inspect(page, { nepali: true })).toEqual([]);
	expect((await page.locator(".handle").textContent())?.split("-")).toHaveLength(3);
	expect(words.split(" ")).toHaveLength(5);
	await tick(page, m["join.done.have"]());
	await press(page, m["signin.title"]());
	await enrols(page);
	await page.waitForURL(/\/today$/);
	await press(page, m["exit.understood"]());
	await sees(page, "सबै समूह");

	await write(late.page, m["setup.code"](), printedCode());
	await press(late.page, m["setup.go"]());
	await sees(late.page, faultWords("setup.code_refused"));
	await late.page.goto("/begin");
	await sees(late.page, m["setup.already"]());
});
