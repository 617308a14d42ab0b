import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { inspect } from "./harness/inspect.ts";
import { bring } from "./harness/register.ts";
import { press, register, registering, sees, seesHeading, tick, write } from "./harness/steps.ts";
import { type VisitOptions, visit, visitAs } from "./harness/visit.ts";
import { inLanguage, type Language, m, ownName } from "./harness/words.ts";

// Every page, in each of its main states, in two languages and sizes: no
// barrier, nothing too wide, the exit in sight, and in Nepali nothing but Nepali.

interface Stop {
	name: string;
	/** Brings the page there from the stop before. */
	go: (page: Page) => Promise<unknown>;
}

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

const ofAMember: Stop[] = [
	{ name: "mine", go: (page) => seesHeading(page, m["mine.held"]()) },
	{ name: "mine, new name", go: (page) => press(page, m["do.change"]()) },
	{
		name: "mine, taking a yes back",
		go: async (page) => {
			await page.getByRole("button", { name: m["do.undo"](), exact: true }).first().click();
			await seesHeading(page, m["mine.withdraw.ask"]());
		},
	},
	{
		name: "mine, signing out everywhere",
		go: async (page) => {
			await page.keyboard.press("Escape");
			await press(page, m["signout.everywhere"]());
			await sees(page, m["signout.everywhere.sure"]());
		},
	},
	{
		name: "mine, without a net",
		go: async (page) => {
			await page.route("**/api/me", (route) => route.abort("internetdisconnected"));
			await page.goto("/mine");
			await sees(page, m["state.offline"]());
			await page.unroute("**/api/me");
		},
	},
];

const openPerson = async (page: Page, name: string) => {
	await page.goto("/people");
	await write(page, m["people.search"](), name);
	await page.locator("button.whole", { hasText: name }).click();
	await page.getByRole("complementary").getByRole("heading", { name, exact: true }).waitFor();
};
const faultyList = [
	"नाम,फोन,जन्म मिति (वि.सं.),समूह,ठेगाना",
	"हिरा एक,9841000661,2045-02-15,काठमाडौं,टोल",
	"हिरा दुई,98410,2045-02-40,काठमाडौं,टोल",
	"हिरा एक,9841000661,2045-02-15,काठमाडौं,टोल",
	"हिरा चार,9841000664,2045-02-15,चन्द्रमा,टोल",
];

const ofACoordinator: Stop[] = [
	{ name: "today", go: (page) => page.goto("/today").then(() => sees(page, m["desk.groups"]())) },
	{ name: "people", go: (page) => page.goto("/people").then(() => sees(page, "Junkiri")) },
	{
		name: "people, nobody found",
		go: async (page) => {
			await write(page, m["people.search"](), "वझढघ");
			await sees(page, m["people.none"]());
		},
	},
	{ name: "a member", go: (page) => openPerson(page, "Junkiri") },
	{ name: "an applicant without a group", go: (page) => openPerson(page, "Pari") },
	{
		name: "approving her",
		go: async (page) => {
			await openPerson(page, "Asha");
			await press(page, m["answer.approve"]());
			await seesHeading(page, m["answer.approve.ask"]({ name: "Asha" }));
		},
	},
	{
		name: "declining her",
		go: async (page) => {
			await page.keyboard.press("Escape");
			await press(page, m["answer.decline"]());
			await press(page, m["answer.send"]());
			await sees(page, m["answer.reason.missing"]());
		},
	},
	{ name: "list", go: (page) => page.goto("/list").then(() => sees(page, m["register.sample"]())) },
	{ name: "list, dry run", go: (page) => bring(page, faultyList) },
	{
		name: "list, how it was read",
		go: async (page) => {
			await page.locator("summary").click();
			await sees(page, m["register.columns"]());
		},
	},
	{
		name: "list, rows to decide",
		go: async (page) => {
			await page.locator(".fates label").filter({ hasText: m["register.fate.held"]() }).click();
			await sees(page, m["register.decide"]());
		},
	},
	{
		name: "list, the last question",
		go: async (page) => {
			await page.locator(".head .btn.pri").click();
			await page.getByRole("dialog").locator(".btn.pri").waitFor();
		},
	},
	{
		name: "list, brought in",
		go: async (page) => {
			await page.getByRole("dialog").locator(".btn.pri").click();
			await press(page, m["register.undo"]());
			await seesHeading(page, m["register.undo.ask"]());
		},
	},
	{
		name: "somebody carried over",
		go: async (page) => {
			await openPerson(page, "हिरा एक");
			await press(page, m["do.correct"]());
			await tick(page, m["birth.ad"]());
		},
	},
	{
		name: "list, taken back",
		go: async (page) => {
			await page.goto("/list");
			await page.locator("button.whole").first().click();
			await press(page, m["register.undo"]());
			await page.getByRole("dialog").locator(".btn.pri").click();
			await seesHeading(page, m["register.result.undone"]());
		},
	},
];

const speakers: Record<"ne" | "en", VisitOptions> = {
	ne: {},
	en: { locale: "en-GB", timezoneId: "Europe/Oslo" },
};
// Aliases and names of the demo that are written in Latin letters.
const names = [
	"Asha",
	"Danfe",
	"Indreni",
	"Junkiri",
	"Kaski ko Maya",
	"Kopila",
	"Pari",
	"Sayapatri",
	"Shital",
];

async function walk(page: Page, language: Language, stops: readonly Stop[]): Promise<void> {
	const wrong: Record<string, string[]> = {};
	for (const { name, go } of stops) {
		await go(page);
		const found = await inspect(page, { nepali: language === "ne", names });
		if (found.length) wrong[name] = found;
	}
	expect(wrong).toEqual({});
}

describe.each(["ne", "en"] as const)("in %s", (language) => {
	const speaker = speakers[language];
	const hers: VisitOptions = { ...speaker, device: language === "ne" ? "small" : "laptop" };
	const theirs: VisitOptions = { ...speaker, device: language === "ne" ? "laptop" : "small" };

	test("pages for anyone", () =>
		inLanguage(language, async () => {
			await walk((await visit(hers)).page, language, atTheDoor);
		}));

	test("pages of a member", () =>
		inLanguage(language, async () => {
			const { page } = await visitAs("member", hers);
			await page.goto("/mine");
			await page.getByRole("button", { name: ownName[language] }).click();
			await walk(page, language, ofAMember);
		}));

	test("pages of a coordinator", () =>
		inLanguage(language, async () => {
			await walk((await visitAs("coordinator", theirs)).page, language, ofACoordinator);
		}));
});
