import type { Page } from "playwright-core";
import { test } from "vitest";
import { press, register, registering, sees, seesHeading, tick, write } from "./harness/steps.ts";
import { chooseTopic, leaveReceipt, receiptOn, typeReceipt, writeOn } from "./harness/talk.ts";
import { visit } from "./harness/visit.ts";
import { type Stop, seated, spoken, walk } from "./harness/walk.ts";
import { m } from "./harness/words.ts";

const atTheDoor: Stop[] = [
	{ name: "start", go: (page) => page.goto("/").then(() => sees(page, m["start.other"]())) },
	{ name: "safety", go: (page) => page.goto("/safe") },
	{ name: "no such page", go: (page) => page.goto("/no-such-page") },
	{ name: "sign in", go: (page) => page.goto("/in").then(() => seesHeading(page, m["signin.title"]())) },
	{
		name: "sign in, refused",
		go: async (page) => {
			await page.locator("summary").click();
			await write(page, m["signin.handle"](), "a b c");
			await write(page, m["signin.words"](), "x");
			await press(page, m["signin.title"]());
			await page.locator(".trouble p, .trouble div").first().waitFor();
		},
	},
	{
		name: "begin, already set up",
		go: (page) => page.goto("/begin").then(() => sees(page, m["setup.already"]())),
	},
	{
		name: "invited, nothing written",
		go: async (page) => {
			await page.goto("/invited");
			await page.locator(".phrase li").nth(4).waitFor();
			await page.locator("label.pick").nth(1).waitFor();
			await press(page, m["do.send"]());
			await sees(page, m["err.invalid"]());
		},
	},
	{
		name: "join, before",
		go: (page) => page.goto("/join").then(() => seesHeading(page, m["exit.before"]())),
	},
	{
		name: "join, name missing",
		go: async (page) => {
			await press(page, m["exit.understood"]());
			await press(page, m["do.next"]());
		},
	},
	{
		name: "join, group missing",
		go: async (page) => {
			await write(page, m["join.alias"](), "परेवा");
			await press(page, m["do.next"]());
			await page.locator("label.pick").nth(9).waitFor();
			await press(page, m["do.next"]());
			await sees(page, m["join.groupMissing"]());
		},
	},
	{
		name: "join, words offered",
		go: async (page) => {
			await tick(page, m["join.groupUnknown"]());
			await press(page, m["do.next"]());
			await page.locator(".phrase li").nth(4).waitFor();
		},
	},
	{
		name: "join, words of her own",
		go: async (page) => {
			await press(page, m["signin.ownWords"]());
			await write(page, m["join.words.own"](), "छोटो");
			await press(page, m["do.next"]());
		},
	},
	{
		name: "join, her yes missing",
		go: async (page) => {
			await registering(page, { alias: "परेवा", phone: "9841000999" });
			await press(page, m["do.send"]());
		},
	},
	{ name: "join, done", go: (page) => register(page, { alias: "परेवा" }) },
];

let receipt = "";
const speakingUp: Stop[] = [
	{ name: "talk, who reads", go: (page) => chooseTopic(page, m["talk.cat8"]()) },
	{
		name: "talk, in danger",
		go: async (page) => {
			await tick(page, m["talk.cat1"]());
			await sees(page, m["talk.danger"]({ phone: "100" }));
		},
	},
	{
		name: "talk, about whom",
		go: (page) => press(page, m["do.next"]()).then(() => seesHeading(page, m["talk.about.title"]())),
	},
	{
		name: "talk, nobody is left to read it",
		go: async (page) => {
			await tickAll(page);
			await sees(page, m["talk.nobodyFree"]());
		},
	},
	{
		name: "talk, nothing written",
		go: async (page) => {
			await tickAll(page); // which takes them back
			await press(page, m["do.back"]());
			await tick(page, m["talk.cat8"]());
			await writeOn(page, { about: m["talk.cat8"](), text: " " });
			await press(page, m["do.send"]());
			await sees(page, m["err.required"]());
		},
	},
	{
		name: "talk, the receipt",
		go: async (page) => {
			await write(page, m["talk.write.label"](), "शनिबार पनि भेट हुन सक्छ?");
			await press(page, m["do.send"]());
			await seesHeading(page, m["receipt.title"]());
			receipt = await receiptOn(page);
		},
	},
	{
		name: "answer, a slip",
		go: async (page) => {
			await leaveReceipt(page);
			await page.goto("/answer");
			await press(page, m["exit.understood"]());
			await write(page, m["receipt.enter"](), receipt.slice(1));
			await press(page, m["receipt.return"]());
		},
	},
	{ name: "answer, nothing new", go: (page) => typeReceipt(page, receipt) },
	{
		name: "answer, all that was said",
		go: async (page) => {
			await press(page, m["receipt.earlier"]());
			await sees(page, m["receipt.mine"]());
		},
	},
];

async function tickAll(page: Page): Promise<void> {
	for (const reader of await page.locator("fieldset label.pick").all()) await reader.click();
}

// The same without scripts: the pages that the server draws.
const plain: Stop[] = [
	{ name: "say, before", go: (page) => page.goto("/say") },
	{
		name: "say",
		go: (page) =>
			page
				.locator("button.main")
				.click()
				.then(() => page.locator("fieldset").first().waitFor()),
	},
	{
		name: "say, the words",
		go: async (page) => {
			await page.locator("label").filter({ hasText: m["talk.cat7"]() }).click();
			await page.locator("button.main").click();
			await page.locator("textarea").waitFor();
		},
	},
	{
		name: "back",
		go: async (page) => {
			await page.goto("/back");
			await page.locator("button.main").click();
			await page.locator("input[name=receipt]").waitFor();
		},
	},
	{
		name: "back, unknown",
		go: async (page) => {
			await page.locator("input[name=receipt]").fill("४८२७");
			await page.locator("button.main").click();
			await page.locator(".trouble").waitFor();
		},
	},
];

test.each(spoken)("pages for anyone, in %s", async (language) => {
	const hers = seated(language, "phone");
	await walk(language, [
		[(await visit(hers)).page, atTheDoor],
		[(await visit(hers)).page, [...speakingUp, ...plain]],
	]);
});
