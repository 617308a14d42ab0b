import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { clockWords, nepalClock } from "../src/lib/calendar/index.ts";
import { read, statusAt } from "./harness/ask.ts";
import { visitAsNewMember } from "./harness/member.ts";
import { follow, inDialog, press, sees, seesHeading, tick } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { m, number } from "./harness/words.ts";

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

/** The same instant by the clock on her wall: how the sentence of both zones says it. */
function bothClocks(start: string, timeZone: string): string {
	const parts = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "numeric", minute: "numeric" });
	const [hour = 0, minute = 0] = parts.format(new Date(start)).split(":").map(Number);
	const [before = "", after = ""] = m["meet.zone"]({ time: "|", nepal: clockWords(nepalClock(start)) }).split("|");
	return before + "|" + clockWords({ hour, minute }) + after;
}

test("she books a meeting with anyone in three taps, sees it in both zones, and gives it up without a reason", async () => {
	const { page } = await visitAsNewMember("तिनचोटि", { timezoneId: "Europe/Oslo" });
	await page.goto("/home");
	await seesHeading(page, m["home.greeting"]({ name: "तिनचोटि" }));
	await sees(page, m["state.emptyMeet"]());

	await page.locator(".tiles a[href='/meet']").tap();
	await freeTimes(page).first().tap();
	await page.getByRole("button", { name: m["meet.pickTime"](), exact: true }).tap();
	await sees(page, m["meet.booked"]());

	const [hers] = await meetingsOf(page);
	if (!hers) throw new Error("the meeting is not there");
	const [before = "", after = ""] = bothClocks(hers.start, "Europe/Oslo").split("|");
	const zones = page.locator("main p").filter({ hasText: before }).filter({ hasText: after });
	await zones.first().waitFor();
	await page.goto("/home");
	await zones.first().waitFor();
	await page.locator(".big").filter({ hasText: clockWords(nepalClock(hers.start)) }).waitFor();
	await sees(page, hers.with ?? "");

	await press(page, m["meet.cancel"]());
	await sees(page, m["meet.cancelNoReason"]());
	await inDialog(page, m["meet.cancelYes"]());
	await sees(page, m["meet.cancelled"]());
	await sees(page, m["state.emptyMeet"]());
	expect(await meetingsOf(page)).toEqual([]);
});

test("a double press on a slow line makes one booking", async () => {
	const { page, context } = await visitAsNewMember("दुईचोटि");
	await page.goto("/meet");
	await freeTimes(page).first().click();
	const line = await context.newCDPSession(page);
	await line.send("Network.emulateNetworkConditions", {
		offline: false,
		latency: 1_500,
		downloadThroughput: 4_000,
		uploadThroughput: 2_000,
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
	await sees(page, m["meet.booked"]());
	expect(sent).toHaveLength(1);
	await line.send("Network.emulateNetworkConditions", {
		offline: false,
		latency: 0,
		downloadThroughput: -1,
		uploadThroughput: -1,
	});
	expect(await meetingsOf(page)).toHaveLength(1);
});

test("when the answer to a booking is lost, the next press books nothing more", async () => {
	const { page } = await visitAsNewMember("हराएको");
	await page.goto("/meet");
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

test("who was quicker takes the time, and she is offered the nearest ones", async () => {
	const [first, second] = [await visitAsNewMember("अघिल्ली"), await visitAsNewMember("पछिल्ली")];
	for (const { page } of [first, second]) {
		await page.goto("/meet");
		await freeTimes(page).first().waitFor();
	}
	// All who were free at that time are taken by others, one after the other.
	const { page } = second;
	await freeTimes(page).first().click();
	await page.route("**/api/support/sessions", (route) =>
		route.request().method() === "POST"
			? route.fulfill({
					status: 409,
					contentType: "application/problem+json",
					body: JSON.stringify({ code: "support.slot_taken", status: 409 }),
				})
			: route.continue(),
	);
	await press(page, m["meet.pickTime"]());
	await sees(page, m["meet.taken"]());
	await page.unroute("**/api/support/sessions");
	await page.getByRole("alert").getByRole("button").first().click();
	await press(page, m["meet.pickTime"]());
	await sees(page, m["meet.booked"]());
	await first.page.close();
});

test("a supporter gives hours, and whoever chose her stands in her list", async () => {
	const supporter = await visitAs("peerSupporter");
	const { page } = supporter;
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

	const member = await visitAsNewMember("बिहानै");
	await chooseHer(member.page, "मैना");
	await member.page.locator("label.pick").filter({ hasText: m["day.short.6"]() }).first().tap();
	await member.page.locator("label.pick").filter({ hasText: "६:१५" }).first().tap();
	await sees(member.page, m["meet.withName"]({ name: "मैना" }));
	await tick(member.page, textOf(await askedForName(member.page)));
	await member.page.getByRole("button", { name: m["meet.pickTime"](), exact: true }).tap();
	await sees(member.page, m["meet.booked"]());

	await page.reload();
	const hers = page.locator(".meeting").filter({ hasText: "बिहानै" });
	await hers.getByText(m["meet.minutes"]({ count: number(60) })).waitFor();
	await hers.getByText("६:१५").first().waitFor();
	expect(await statusAt(page, "/api/members"), "she sees whom she meets, and no list of members").toBe(404);
	await hers.getByRole("button", { name: m["meet.cancel"](), exact: true }).click();
	await inDialog(page, m["meet.cancelYes"]());
	await sees(page, m["hours.cancelled"]());
	await member.page.goto("/meet");
	await sees(member.page, m["meet.cancelledByOther"]());
});

async function chooseHer(page: Page, name: string): Promise<void> {
	await page.goto("/home");
	await follow(page, m["meet.title"]()).catch(() => page.goto("/meet"));
	await page.locator("details summary").filter({ hasText: m["meet.change"]() }).tap();
	await page.locator("details label.pick").filter({ hasText: name }).tap();
}

interface Text {
	purpose: string;
	text: string;
}

const askedForName = (page: Page) => read<{ items: Text[] }>(page, "/api/consent-texts?language=ne");
const textOf = ({ items }: { items: Text[] }) =>
	items.find(({ purpose }) => purpose === "peer_name")?.text ?? "";
