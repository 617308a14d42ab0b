import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { addDays, dayInNepal, toBikram } from "../src/lib/calendar/index.ts";
import { read } from "./harness/ask.ts";
import { visitAsNewMember } from "./harness/member.ts";
import { follow, inDialog, press, sees, seesHeading, tick, write } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { m, number } from "./harness/words.ts";

const sewing = "सिलाइ"; // open, with places left
const snacks = "खाजा पसल"; // open and full, with others in line
const weaving = "ढाका बुन्ने"; // added here

/** Closes what is opened inside a page; the history goes back a moment later, and would close the next one too. */
async function close(page: Page): Promise<void> {
	await press(page, m["people.back"]());
	await page.waitForFunction(() => !history.state?.inner);
}

/** She opens the one intake of a course that she can come to. */
async function openIntake(page: Page, course: string): Promise<void> {
	await follow(page, m["nav.learn"]());
	const card = page
		.locator("article")
		.filter({ has: page.getByRole("heading", { name: course, exact: true }) });
	await card.locator("button.whole").first().click();
	await seesHeading(page, course);
}

interface Intake {
	id: string;
	course: { name: { ne: string } };
	state: string;
	seats: number;
	left: number;
	enrolled: number;
	waiting: number;
}

async function openIntakeOf(page: Page, course: string): Promise<Intake> {
	const { items } = await read<{ items: Intake[] }>(page, "/api/intakes?state=open");
	const found = items.find(({ course: { name } }) => name.ne === course);
	if (!found) throw new Error(`no open intake of ${course}`);
	return found;
}

test("she asks for a place with what she needs, waits in line where it is full, and gives both back; the coordinator sees who needs what and adds a place", async () => {
	const { page } = await visitAsNewMember("सियो धागो");
	const staff = (await visitAs("coordinator", { device: "laptop" })).page;
	await staff.goto("/today");
	const before = await openIntakeOf(staff, snacks);
	const open = await openIntakeOf(staff, sewing);

	await page.goto("/home");
	await sees(page, m["home.noTraining"]());
	await openIntake(page, sewing);
	await sees(page, m["learn.reads"]());
	await tick(page, m["learn.need.child"]());
	await tick(page, m["learn.need.travel"]());
	await write(page, m["learn.note"](), "छोरी तीन वर्षकी छिन्।");
	await press(page, m["learn.apply"]());
	await sees(page, m["learn.placed"]());
	await sees(page, m["learn.in"]());

	await close(page);
	await openIntake(page, snacks);
	await sees(page, m["learn.full"]());
	await press(page, m["wait.join"]());
	await sees(page, m["learn.lined"]());
	await sees(page, m["wait.place"]({ count: number(before.waiting) }));
	await page.goto("/home");
	await sees(page, m["home.line"]({ count: number(before.waiting + 1) }));

	// The coordinator sees what she needs in the one, and her place in the line of the other.
	await follow(staff, m["nav.courses"]());
	await openAsStaff(staff, open);
	const hers = staff.getByRole("complementary").getByRole("listitem").filter({ hasText: "सियो धागो" });
	await hers.getByText(m["learn.need.child"]()).waitFor();
	await hers.getByText(m["learn.need.travel"]()).waitFor();
	await hers.getByText("छोरी तीन वर्षकी छिन्।").waitFor();
	await close(staff);
	await openAsStaff(staff, before);
	await press(staff, m["course.seats.change"]());
	await write(staff, m["course.seats"](), "९");
	await press(staff, m["do.keep"]());
	await sees(staff, m["fault.training.seats_below_enrolled"]({ enrolled: number(before.enrolled) }));
	await write(staff, m["course.seats"](), String(number(before.seats + 1)));
	await press(staff, m["do.keep"]());
	await sees(staff, m["course.seats.kept"]());
	await sees(staff, m["course.movedUp"]());
	const after = await openIntakeOf(staff, snacks);
	expect([after.enrolled, after.waiting]).toEqual([before.enrolled + 1, before.waiting]);

	// One moved up, so one less stands before her.
	await page.reload();
	await sees(page, m["home.line"]({ count: number(before.waiting) }));
	await follow(page, m["nav.learn"]());
	await leave(page, snacks, m["wait.leave"]());
	await leave(page, sewing, m["learn.leave"]());
	const left = await openIntakeOf(staff, sewing);
	expect([left.enrolled, left.waiting]).toEqual([open.enrolled, open.waiting]);
	expect((await openIntakeOf(staff, snacks)).waiting).toBe(before.waiting - 1);
});

/** The coordinator opens the intake that takes applications now. */
async function openAsStaff(page: Page, intake: Intake): Promise<void> {
	await page.getByLabel(m["people.state"](), { exact: true }).selectOption("open");
	await page.locator(`[data-opens="${intake.id}"]`).click();
	const opened = page.getByRole("complementary");
	await opened.getByRole("heading", { name: intake.course.name.ne, exact: true }).waitFor();
}

/** She gives a place back, or her place in line: one press and one to be sure. */
async function leave(page: Page, course: string, words: string): Promise<void> {
	const place = page
		.locator(".slab li")
		.filter({ has: page.getByRole("heading", { name: course, exact: true }) });
	await place.getByRole("button", { name: words, exact: true }).click();
	await inDialog(page, words);
	await sees(page, m["learn.left"]());
	await place.waitFor({ state: "hidden" });
}

test("a coordinator adds a course and an intake, and calls it off", async () => {
	const { page } = await visitAs("coordinator", { device: "laptop" });
	await page.goto("/courses");
	await press(page, m["course.new"]());
	await press(page, m["do.keep"]());
	await sees(page, m["course.name.hint"]());
	const texts = page.getByRole("complementary").locator('[lang="ne"]');
	await texts.nth(0).fill(weaving);
	await texts.nth(1).fill("तान चलाउन र ढाका बुन्न सिकिन्छ।");
	await tick(page, m["course.picture.other"]());
	await press(page, m["do.keep"]());
	await sees(page, m["course.new.kept"]());

	await press(page, m["course.intake.new"]());
	await page.getByLabel(m["course.which"](), { exact: true }).selectOption({ label: weaving });
	await write(page, m["course.seats"](), "०");
	await press(page, m["do.keep"]());
	await sees(page, m["birth.missing"]());
	await write(page, m["course.seats"](), "१२");
	const today = dayInNepal(Date.now());
	await choose(page, m["course.opens"](), addDays(today, -1));
	await choose(page, m["course.closes"](), addDays(today, 20));
	await choose(page, m["course.begins"](), addDays(today, 10));
	await choose(page, m["course.ends"](), addDays(today, 60));
	await press(page, m["do.keep"]());
	await sees(page, m["course.daysOrder"]());
	await choose(page, m["course.begins"](), addDays(today, 30));
	await press(page, m["do.keep"]());
	const intake = page.getByRole("complementary");
	await intake.getByText(m["learn.open"](), { exact: true }).waitFor();
	await intake.getByText(m["course.nobody"]()).waitFor();

	const member = (await visitAsNewMember("तानमा")).page;
	await member.goto("/home");
	await openIntake(member, weaving);
	await press(member, m["learn.apply"]());
	await sees(member, m["learn.placed"]());

	await press(page, m["course.cancel"]());
	await sees(page, m["course.cancel.what"]());
	await inDialog(page, m["course.cancel"]());
	await sees(page, m["err.stale"]()); // somebody has a place meanwhile: she looks again
	await inDialog(page, m["course.cancel"]());
	await sees(page, m["course.cancel.done"]());
	await member.goto("/learn");
	await sees(member, m["learn.cancelledWhat"]());
});

/** Chooses a Gregorian day in the calendar that the page shows. */
async function choose(page: Page, legend: string, day: string): Promise<void> {
	const field = page.getByRole("group", { name: legend, exact: true });
	const bikram = toBikram(day);
	if (!bikram) throw new Error(`${day} is in no table`);
	await field.getByLabel(m["birth.yearOf"](), { exact: true }).selectOption(String(bikram.year));
	await field.getByLabel(m["birth.month"](), { exact: true }).selectOption(String(bikram.month));
	await field.getByLabel(m["birth.dayOf"](), { exact: true }).selectOption(String(bikram.day));
}
