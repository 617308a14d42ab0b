import { expect, test } from "vitest";
import { clockWords, nepalClock } from "../src/lib/calendar/index.ts";
import { read } from "./harness/ask.ts";
import { follow, press, sees, seesHeading } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { m, number } from "./harness/words.ts";

interface Desk {
	applications: number;
	sessions: { start: string; end: string; member: string | null; supporter: string | null }[];
	movedUp: { name: string | null; course: { name: { ne: string } } }[];
	seatsOpen: { course: { name: { ne: string } }; left: number }[];
	groups: { name: { ne: string }; members: number }[];
}

test("the desk shows a coordinator the day and leads to each thing in it", async () => {
	const { page } = await visitAs("coordinator", { device: "laptop" });
	await page.goto("/");
	await page.waitForURL(/\/today$/);
	// The very answer that the page draws: asked again, it could be of another minute, or another day.
	const drawn = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/desk");
	await press(page, m["exit.understood"]());
	await seesHeading(page, m["desk.title"]());
	const desk: Desk = await (await drawn).json();
	await sees(page, m["desk.first.applications"]({ count: number(desk.applications) }));

	// Today's meetings by the clock in Nepal: those that are over lie folded away.
	const table = page
		.locator("section")
		.filter({ has: page.getByRole("heading", { name: m["desk.meetings"]() }) });
	const ahead = desk.sessions.filter(({ end }) => Date.parse(end) > Date.now() + 60_000);
	for (const { start, member, supporter } of ahead) {
		const row = table.locator("tr").filter({ hasText: clockWords(nepalClock(start)) });
		await row
			.filter({ hasText: member ?? m["course.noName"]() })
			.filter({ hasText: supporter ?? m["course.noName"]() })
			.first()
			.waitFor();
	}
	if (desk.sessions.length === 0) await sees(page, m["desk.meetings.none"]());
	expect(await table.locator("tbody tr").count()).toBe(desk.sessions.length);
	await follow(page, m["desk.week"]());
	await seesHeading(page, m["peer.week.title"]());
	await page.locator("table tbody tr").nth(5).waitFor();
	await page.goBack();

	const [seats] = desk.seatsOpen;
	if (!seats) throw new Error("no place is free");
	const name = seats.course.name.ne;
	await page
		.getByRole("button", { name: m["desk.seats.open"]({ course: name }) })
		.first()
		.click();
	const opened = page.getByRole("complementary");
	await opened.getByRole("heading", { name, exact: true }).waitFor();
	await opened.getByRole("heading", { name: m["course.enrolled"]() }).waitFor();
	await page.goto("/today");

	await page.getByRole("button", { name: m["desk.groups.open"]({ group: "कास्की" }), exact: true }).click();
	await seesHeading(page, m["nav.members"]());
	await page.locator("button.whole").first().waitFor();
	await page.goto("/today");
	await press(page, m["desk.answerOldest"]());
	await page
		.getByRole("complementary")
		.getByRole("button", { name: m["answer.approve"](), exact: true })
		.waitFor();
});

test("who reads grievances without a group sees those alone", async () => {
	const { page } = await visitAs("focalPoint", { device: "laptop" });
	await page.goto("/");
	await page.waitForURL(/\/matters$/);
	await press(page, m["exit.understood"]());
	await seesHeading(page, m["handle.list"]());
	await page.goto("/today");
	await sees(page, m["desk.matters"]());
	const desk = await read<Desk>(page, "/api/desk");
	expect([desk.sessions, desk.movedUp, desk.seatsOpen, desk.groups]).toEqual([[], [], [], []]);
	expect(await page.getByRole("heading", { name: m["desk.meetings"]() }).count()).toBe(0);
});

test("a trainer sees who comes to what she teaches, and changes nothing", async () => {
	const { page } = await visitAs("trainer", { device: "laptop" });
	await page.goto("/");
	await page.waitForURL(/\/courses$/);
	await press(page, m["exit.understood"]());
	await sees(page, m["course.yours"]());
	await page.locator("table button.whole").first().click();
	await page.getByRole("complementary").getByRole("heading", { name: m["course.enrolled"]() }).waitFor();
	for (const words of [
		m["course.new"](),
		m["course.intake.new"](),
		m["course.seats.change"](),
		m["course.cancel"](),
	]) {
		expect(await page.getByRole("button", { name: words, exact: true }).count(), words).toBe(0);
	}
});

test("who is opened in the moment in which another is closed stays open, and the way back closes her", async () => {
	const { page } = await visitAs("coordinator", { device: "laptop" });
	await page.goto("/people");
	const rows = page.locator("tbody button.whole");
	const open = page.locator("tbody button.whole[aria-current=true]");
	await rows.nth(1).waitFor();
	await rows.nth(0).click();
	await page.getByRole("complementary").getByRole("heading").first().waitFor();
	// Both before the browser has gone back in its history.
	await page.evaluate((close) => {
		const buttons = [...document.querySelectorAll<HTMLElement>("aside button")];
		buttons.find((one) => one.textContent?.trim() === close)?.click();
		document.querySelectorAll<HTMLElement>("tbody button.whole")[1]?.click();
	}, m["people.back"]());
	const second = await rows.nth(1).textContent();
	await open.filter({ hasText: second ?? "" }).waitFor();
	// Where the history was followed late, it took her away again.
	await page.waitForFunction(() => new Promise((done) => setTimeout(() => done(history.state?.inner), 500)));
	expect(await open.textContent()).toBe(second);
	await page.getByRole("complementary").getByRole("heading").first().waitFor();
	await page.goBack();
	await open.waitFor({ state: "detached" });
	await seesHeading(page, m["nav.members"]());
});
