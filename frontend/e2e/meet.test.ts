import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
	addDays,
	clockWords,
	dayInNepal,
	nepalClock,
	toBikram,
	weekdayOf,
} from "../src/lib/calendar/index.ts";
import { read, statusAt } from "./harness/ask.ts";
import { visitAsNewMember } from "./harness/member.ts";
import { inDialog, press, sees, seesHeading, tick } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { faultWords, m, number, numerals } from "./harness/words.ts";

interface Meeting {
	id: string;
	start: string;
	state: string;
	with: string | null;
}

const meetingsOf = async (page: Page) =>
	(await read<{ items: Meeting[] }>(page, "/api/support/sessions")).items.filter(
		({ state }) => state === "booked",
	);

/** The times on screen that can be taken; the first tiles of a page are its days. */
const freeTimes = (page: Page) => page.locator("fieldset:has(legend .cap) label.pick:has(input:enabled)");

/** A later day that is offered: on the first one a time may pass out of reach while it is being taken. */
const laterDay = (page: Page) =>
	page.locator("fieldset:not(:has(legend .cap)) .slots label.pick:has(input:enabled)").nth(1);

/** How the page says an instant of the day in Nepal to somebody in another zone. */
function inBothZones(start: string, timeZone: string): string {
	const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "numeric", minute: "numeric" });
	const [hour = 0, minute = 0] = clock.format(new Date(start)).split(":").map(Number);
	return m["meet.zone"]({ time: clockWords({ hour, minute }), nepal: clockWords(nepalClock(start)) });
}

test("she books a meeting with anyone in three taps, sees it in both zones, and gives it up without a reason", async () => {
	const { page } = await visitAsNewMember("तिनचोटि", { timezoneId: "Europe/Oslo" });
	await page.goto("/home");
	await seesHeading(page, m["home.greeting"]({ name: "तिनचोटि" }));
	await sees(page, m["state.emptyMeet"]());

	await page.locator(".tiles a[href='/meet']").tap();
	// The last of the day that stands chosen: the first may pass out of reach while it is being taken.
	await freeTimes(page).last().tap();
	await page.getByRole("button", { name: m["meet.pickTime"](), exact: true }).tap();
	await sees(page, m["meet.booked"]());

	const [hers] = await meetingsOf(page);
	if (!hers) throw new Error("the meeting is not there");
	const zones = inBothZones(hers.start, "Europe/Oslo");
	await sees(page, zones);
	await page.goto("/home");
	await sees(page, zones);
	await page
		.locator(".big")
		.filter({ hasText: clockWords(nepalClock(hers.start)) })
		.waitFor();
	await sees(page, hers.with ?? "");

	await press(page, m["meet.cancel"]());
	await sees(page, m["meet.cancelNoReason"]());
	await inDialog(page, m["meet.cancelYes"]());
	await sees(page, m["meet.cancelled"]());
	await sees(page, m["state.emptyMeet"]());
	expect(await meetingsOf(page)).toEqual([]);
});

test("a double press on a slow line makes one booking", async () => {
	const { page } = await visitAsNewMember("दुईचोटि");
	await page.goto("/meet");
	await laterDay(page).click();
	await freeTimes(page).first().click();
	// The line is as slow as her presses.
	let pressed = () => {};
	const arrives = new Promise<void>((done) => {
		pressed = done;
	});
	await page.route("**/api/support/sessions", async (route) => {
		if (route.request().method() === "POST") await arrives;
		await route.continue();
	});
	const sent: (string | undefined)[] = [];
	page.on("request", (request) => {
		if (request.method() !== "POST") return;
		sent.push(request.headers()["idempotency-key"]);
	});
	const take = page.getByRole("button", { name: m["meet.pickTime"](), exact: true });
	await take.dblclick();
	await sees(page, m["state.sending"]());
	await take.click({ force: true });
	pressed();
	await sees(page, m["meet.booked"]());
	expect(sent).toHaveLength(1);
	expect(await meetingsOf(page)).toHaveLength(1);
});

test("when the answer to a booking is lost, the next press books nothing more", async () => {
	const { page } = await visitAsNewMember("हराएको");
	await page.goto("/meet");
	await laterDay(page).click();
	await freeTimes(page).first().click();
	const keys: (string | undefined)[] = [];
	await page.route("**/api/support/sessions", async (route) => {
		if (route.request().method() !== "POST") return route.continue();
		keys.push(route.request().headers()["idempotency-key"]);
		if (keys.length > 1) return route.continue();
		await route.fetch({ headers: { ...route.request().headers(), "sec-fetch-site": "same-origin" } });
		return route.abort("connectionreset");
	});
	await press(page, m["meet.pickTime"]());
	await sees(page, m["state.offline"]());
	await press(page, m["meet.pickTime"]());
	await sees(page, m["meet.booked"]());
	expect(keys[0]).toBeTruthy();
	expect(keys).toEqual([keys[0], keys[0]]);
	expect(await meetingsOf(page)).toHaveLength(1);
});

test("a supporter gives hours, who chose her stands in her list, and who was slower is offered the nearest time", async () => {
	const { page } = await visitAs("peerSupporter");
	await page.goto("/hours");
	await seesHeading(page, m["nav.hours"]());
	const saturday = page.locator(".spans").filter({ has: page.getByRole("heading", { name: m["day.6"]() }) });
	await saturday.getByRole("button", { name: m["hours.add"]({ day: m["day.6"]() }) }).click();
	await saturday.getByLabel(m["hours.from"]()).selectOption("06:15");
	await saturday.getByLabel(m["hours.to"]()).selectOption("06:00");
	await press(page, m["do.keep"]());
	await sees(page, m["hours.order"]());
	await saturday.getByLabel(m["hours.to"]()).selectOption("09:15");
	await page.getByLabel(m["hours.cap"](), { exact: true }).selectOption("20");
	await press(page, m["do.keep"]());
	await sees(page, m["hours.saved"]());

	const quick = (await visitAsNewMember("बिहानै")).page;
	const slow = (await visitAsNewMember("बिस्तारै")).page;
	const saturdayToCome = nextSaturday();
	for (const hers of [quick, slow]) await chooseSaturday(hers, "मैना", saturdayToCome, "६:१५");
	await tick(quick, await textOf(quick, "peer_name"));
	await press(quick, m["meet.pickTime"]());
	await sees(quick, m["meet.booked"]());
	await press(slow, m["meet.pickTime"]());
	await sees(slow, m["meet.taken"]());
	await slow.getByRole("alert").getByRole("button").first().click();
	await press(slow, m["meet.pickTime"]());
	await sees(slow, m["meet.booked"]());

	await page.reload();
	const meeting = page.locator(".meeting").filter({ hasText: "बिहानै" });
	await meeting.getByText(m["meet.minutes"]({ count: number(60) })).waitFor();
	await meeting.getByText("६:१५").first().waitFor();
	await page.locator(".meeting").filter({ hasText: m["hours.someone"]() }).first().waitFor();
	expect(await page.locator("main").textContent(), "who gave no yes to her name").not.toContain("बिस्तारै");
	expect(await statusAt(page, "/api/members"), "whom she meets, and no list of members").toBe(404);

	await meeting.getByRole("button", { name: m["meet.cancel"](), exact: true }).click();
	await inDialog(page, m["meet.cancelYes"]());
	await sees(page, m["hours.cancelled"]());
	await quick.goto("/meet");
	await sees(quick, m["meet.cancelledByOther"]());
});

/** The first Saturday after today: of a Saturday that has begun the early times are gone. */
function nextSaturday(): string {
	const today = dayInNepal(Date.now());
	return addDays(today, 7 - ((weekdayOf(today) + 1) % 7));
}

/** She asks for one supporter and for a time on a Saturday. */
async function chooseSaturday(page: Page, supporter: string, day: string, time: string): Promise<void> {
	const ofTheMonth = numerals(String(toBikram(day)?.day));
	await page.goto("/meet");
	await page.locator("summary").filter({ hasText: m["meet.change"]() }).tap();
	await page.locator("details label.pick").filter({ hasText: supporter }).tap();
	await page
		.locator("label.pick")
		.filter({ hasText: m["day.short.6"]() })
		.filter({ has: page.getByText(ofTheMonth, { exact: true }) })
		.tap();
	await page.locator("label.pick").filter({ hasText: time }).first().tap();
	await sees(page, m["meet.withName"]({ name: supporter }));
}

async function textOf(page: Page, purpose: string): Promise<string> {
	const { items } = await read<{ items: { purpose: string; text: string }[] }>(
		page,
		"/api/consent-texts?language=ne",
	);
	return items.find((one) => one.purpose === purpose)?.text ?? "";
}

test("the next meeting is the first that hasn't ended, and what has begun meanwhile can't be given up", async () => {
	const { page } = await visitAsNewMember("घडीहेर्ने");
	const minute = 60_000;
	const hers = (id: string, from: number) => ({
		id,
		start: new Date(Date.now() + from * minute).toISOString(),
		end: new Date(Date.now() + (from + 30) * minute).toISOString(),
		state: "booked",
		cancelledBy: null,
		as: "member",
		with: null,
		mine: true,
	});
	let items = [hers("ses_over", -90), hers("ses_soon", 40)];
	await page.route("**/api/support/sessions?**", (route) => route.fulfill({ json: { items, next: null } }));
	await page.route("**/api/support/sessions/ses_soon/cancel", (route) => {
		items = [hers("ses_over", -90), hers("ses_soon", -1)];
		return route.fulfill({
			status: 409,
			contentType: "application/problem+json",
			json: { code: "support.session_over", status: 409 },
		});
	});
	const time = () => clockWords(nepalClock(items[1]?.start ?? ""));
	const cancels = page.getByRole("button", { name: m["meet.cancel"](), exact: true });
	await page.goto("/home");
	await sees(page, time());
	await cancels.click();
	await inDialog(page, m["meet.cancelYes"]());
	await sees(page, faultWords("support.session_over"));
	await page.locator("[role=status]:focus").waitFor();
	// It runs, so it is still the next one; the list was read anew.
	await sees(page, time());
	expect(await cancels.count()).toBe(0);
	// On the page of meetings the one that is over lies with those that were.
	await page.goto("/meet");
	await sees(page, m["meet.mine"]());
	expect(await page.locator(".meeting").count()).toBe(1);
	expect(await cancels.count()).toBe(0);
});
