import type { Page } from "playwright-core";
import { test } from "vitest";
import { bring } from "./harness/register.ts";
import { openPerson, press, sees, seesHeading, tick, unfold, write } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { type Stop, seated, spoken, walk } from "./harness/walk.ts";
import { m } from "./harness/words.ts";

const faultyList = [
	"नाम,फोन,जन्म मिति (वि.सं.),समूह,ठेगाना",
	"हिरा एक,9841000661,2045-02-15,काठमाडौं,टोल",
	"हिरा दुई,98410,2045-02-40,काठमाडौं,टोल",
	"हिरा एक,9841000661,2045-02-15,काठमाडौं,टोल",
	"हिरा चार,9841000664,2045-02-15,चन्द्रमा,टोल",
];

const withPeople: Stop[] = [
	{ name: "people", go: (page) => page.goto("/people").then(() => sees(page, "आशा")) },
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
			await page.locator("main summary").click();
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

const openIntake = async (page: Page, state: string) => {
	await page.getByLabel(m["people.state"](), { exact: true }).selectOption(state);
	await page.locator("th[scope=rowgroup]").nth(1).waitFor({ state: "detached" });
	await page.locator("table button.whole").first().click();
	await sees(page, m["course.enrolled"]());
};

const byTheDay: Stop[] = [
	{ name: "today", go: (page) => page.goto("/today").then(() => sees(page, m["desk.groups"]())) },
	{
		name: "today, what is over",
		go: async (page) => {
			const over = page.locator("summary").filter({ hasText: m["desk.past"]() });
			if (await over.count()) await over.click();
		},
	},
	{ name: "week", go: (page) => page.goto("/week").then(() => page.locator("tbody tr").nth(5).waitFor()) },
	{
		name: "courses",
		go: (page) => page.goto("/courses").then(() => page.locator("tbody button").nth(5).waitFor()),
	},
	{ name: "courses, one that is open", go: (page) => openIntake(page, "open") },
	{
		name: "courses, other places",
		go: async (page) => {
			await press(page, m["course.seats.change"]());
			await write(page, m["course.seats"](), "x");
			await press(page, m["do.keep"]());
			await page.locator("[aria-invalid=true]").waitFor();
		},
	},
	{
		name: "courses, calling one off",
		go: async (page) => {
			await press(page, m["do.leave"]());
			await press(page, m["course.cancel"]());
			await sees(page, m["course.cancel.what"]());
		},
	},
	{
		name: "courses, a new course",
		go: async (page) => {
			await page.goto("/courses");
			await press(page, m["course.new"]());
			await press(page, m["do.keep"]());
			await sees(page, m["err.required"]());
		},
	},
	{
		name: "courses, a new intake",
		go: async (page) => {
			await page.goto("/courses");
			await press(page, m["course.intake.new"]());
			await press(page, m["do.keep"]());
			await sees(page, m["birth.missing"]());
		},
	},
	{
		name: "release, before it is drafted",
		go: async (page) => {
			await page.goto("/release");
			await sees(page, m["fig.definition"]());
			await page.getByLabel(m["fig.rel.which"](), { exact: true }).selectOption({ index: 6 });
			await sees(page, m["fig.rel.draft"]());
		},
	},
	{
		name: "release, one that is out",
		go: async (page) => {
			await page.locator("li.row").first().getByRole("button").click();
			await press(page, m["do.close"]());
			// The history goes back a moment later, and would close the next one too.
			await page.waitForFunction(() => !history.state?.inner);
			await page.locator("li.row").first().getByRole("button").click();
			await page.locator("details.defined summary").click();
		},
	},
];

const openMatter = async (page: Page, state: string) => {
	await page.goto("/matters");
	await page.locator("li.row").filter({ hasText: state }).first().getByRole("button").click();
	await sees(page, m["handle.conflict"]());
};

const withMatters: Stop[] = [
	{ name: "matters", go: (page) => page.goto("/matters").then(() => sees(page, m["handle.open"]())) },
	{ name: "matters, before one is opened", go: (page) => openMatter(page, m["receipt.state.received"]()) },
	{
		name: "matters, one opened, nothing written",
		go: async (page) => {
			await press(page, m["handle.conflictNo"]());
			await sees(page, m["handle.readers"]());
			await press(page, m["handle.reply"]());
			await sees(page, m["err.required"]());
		},
	},
	{
		name: "matters, passing it on",
		go: async (page) => {
			await press(page, m["handle.passOn"]());
			await sees(page, m["handle.passOn.why"]());
		},
	},
	{
		name: "matters, closing one",
		go: async (page) => {
			await openMatter(page, m["receipt.state.decided"]());
			await press(page, m["handle.conflictNo"]());
			await press(page, m["handle.close"]());
			await page.getByRole("dialog").getByRole("button", { name: m["handle.close"](), exact: true }).click();
			await sees(page, m["handle.told.missing"]());
		},
	},
	{
		name: "matters, one that is closed",
		go: async (page) => {
			await openMatter(page, m["receipt.state.closed"]());
			await press(page, m["handle.conflictNo"]());
			await sees(page, m["handle.closed"]());
		},
	},
	{
		name: "today, matters alone",
		go: (page) => page.goto("/today").then(() => sees(page, m["desk.matters"]())),
	},
];

const ofWhoProtects: Stop[] = [
	{
		name: "asks, nothing written",
		go: async (page) => {
			await page.goto("/asks");
			await unfold(page, m["asks.new"]());
			await tick(page, m["asks.kind.role"]());
			await press(page, m["asks.send"]());
			await sees(page, m["err.required"]());
		},
	},
	{
		name: "asks, closing an account",
		go: async (page) => {
			await unfold(page, m["asks.close.title"]());
			await press(page, m["asks.close.do"]());
			await sees(page, m["asks.close.what"]());
		},
	},
	{
		name: "ties, others'",
		go: (page) => page.goto("/ties").then(() => page.locator("blockquote").first().waitFor()),
	},
	{
		name: "log, what is in her hands",
		go: async (page) => {
			await page.goto("/log");
			await unfold(page, m["log.mine"]());
			await page.locator("tbody tr").first().waitFor();
		},
	},
];

const ofATrainer: Stop[] = [
	{
		name: "courses of hers",
		go: (page) => page.goto("/courses").then(() => sees(page, m["course.yours"]())),
	},
	{ name: "courses of hers, one opened", go: (page) => openIntake(page, "running") },
];

const ofALiaison: Stop[] = [
	{
		name: "figures",
		go: async (page) => {
			await page.goto("/figures");
			await page.locator("details.defined summary").click();
			await sees(page, m["fig.def.who"]());
		},
	},
];

const ofTheAdministrator: Stop[] = [
	{
		name: "settings",
		go: (page) => page.goto("/settings").then(() => sees(page, m["set.history"]())),
	},
	{
		name: "settings, a new number to call, nothing written",
		go: async (page) => {
			await page.getByRole("button", { name: m["set.helpline.add"]() }).click();
			await press(page, m["do.keep"]());
			await sees(page, m["set.name.missing"]());
		},
	},
	{
		name: "settings, taking a number away",
		go: async (page) => {
			await press(page, m["do.leave"]());
			await page.locator("li.entry").getByRole("button", { name: m["do.change"]() }).first().click();
			await press(page, m["set.helpline.remove"]());
			await page.getByRole("dialog").locator(".btn.stop").waitFor();
		},
	},
	{
		name: "settings, every editor open",
		go: async (page) => {
			await page.keyboard.press("Escape");
			const buttons = page.locator("main section.card").getByRole("button", { name: m["do.change"]() });
			while ((await buttons.count()) > 0) await buttons.first().click();
			await page.getByRole("button", { name: m["set.group.add"]() }).click();
			await page.getByRole("button", { name: m["set.holiday.add"]() }).click();
			// The bar at the top lies over no button.
			await page.evaluate(() => scrollTo(0, 0));
		},
	},
	{
		name: "set-up, closed",
		go: (page) => page.goto("/setup").then(() => sees(page, m["setup.closed"]())),
	},
];

const ofTheBoard: Stop[] = [
	{
		name: "settings, only to read",
		go: (page) => page.goto("/settings").then(() => sees(page, m["set.read"]())),
	},
];

const onesOwn: Stop[] = [
	{
		name: "ties, nothing written",
		go: async (page) => {
			await page.goto("/ties");
			await unfold(page, m["ties.add"]());
			await press(page, m["ties.keep"]());
			await sees(page, m["err.required"]());
		},
	},
];

const ofTheComputer: Stop[] = [
	{
		name: "log, of the computer",
		go: async (page) => {
			await page.goto("/log");
			await unfold(page, m["log.technical"]());
			await page.locator("tbody tr").nth(3).waitFor();
		},
	},
];

const ofHowMuch: Stop[] = [
	{
		name: "log, how much",
		go: async (page) => {
			await page.goto("/log");
			await unfold(page, m["log.summary"]());
			await page.locator("tbody tr").nth(3).waitFor();
		},
	},
];

test.each(spoken)("pages of those who work for it, in %s", async (language) => {
	const as = async (role: string) => (await visitAs(role, seated(language, "table"))).page;
	await walk(language, [
		[await as("coordinator"), withPeople],
		[await as("coordinator"), byTheDay],
		[await as("focalPoint"), withMatters],
		[await as("trainer"), ofATrainer],
		[await as("liaison"), ofALiaison],
		[await as("administrator"), ofTheAdministrator],
		[await as("board"), ofTheBoard],
	]);
});

// Of what takes two, who is close to whom and what was done.
test.each(spoken)("pages of those who watch over it, in %s", async (language) => {
	const as = async (role: string) => (await visitAs(role, seated(language, "table"))).page;
	await walk(language, [
		[await as("focalPoint"), ofWhoProtects],
		[await as("trainer"), onesOwn],
		[await as("administrator"), ofTheComputer],
		[await as("board"), ofHowMuch],
	]);
});
