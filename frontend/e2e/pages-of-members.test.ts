import type { Page } from "playwright-core";
import { test } from "vitest";
import { proofNeeded } from "./harness/proof.ts";
import { changeOwn, inDialog, press, sees, seesHeading, tick, unfold } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { type Stop, seated, speak, spoken, walk } from "./harness/walk.ts";
import { faultWords, language, m } from "./harness/words.ts";

/** openField opens what is held of her, or what isn't yet, to be put right. */
async function openField(page: Page, field: string): Promise<void> {
	const held = page.getByRole("button", { name: `${m["do.change"]()} ${field}`, exact: true });
	const unheld = page.getByRole("button", { name: m["own.add"]({ what: field }), exact: true });
	await held.or(unheld).click();
}

const ofAMember: Stop[] = [
	{
		name: "mine",
		go: async (page) => {
			await page.goto("/mine");
			await page.locator("main dl").waitFor();
			await speak(page, language.value);
			await seesHeading(page, m["mine.held"]());
		},
	},
	{ name: "mine, new name", go: (page) => changeOwn(page, m["mine.field.alias"]()) },
	{
		name: "mine, a birth to put right",
		go: async (page) => {
			await press(page, m["do.leave"]());
			await openField(page, m["mine.field.birth"]());
			await sees(page, m["own.onlyYou"]());
			await tick(page, m["birth.day"]());
		},
	},
	{
		name: "mine, a district to put right",
		go: async (page) => {
			await press(page, m["do.leave"]());
			await openField(page, m["mine.field.district"]());
			await page.getByLabel(m["mine.field.district"](), { exact: true }).waitFor();
		},
	},
	{
		name: "mine, all that is folded away",
		go: async (page) => {
			for (const title of [m["mine.looked"](), m["mine.download"](), m["own.pause"](), m["own.words"]()]) {
				await unfold(page, title);
			}
			await unfold(page, m["mine.erase"]());
			await sees(page, m["own.erase.tick"]());
			await page.locator(".phrase li").nth(4).waitFor();
		},
	},
	{
		name: "mine, erasing without a tick",
		go: async (page) => {
			await press(page, m["mine.erase"]());
			await sees(page, m["own.erase.tickMissing"]());
		},
	},
	{
		name: "mine, asked whether it is she",
		go: async (page) => {
			await page.route("**/api/me/restriction", (route) => route.fulfill(proofNeeded));
			await press(page, m["own.pause.begin"]());
			await seesHeading(page, m["own.proof.title"]());
		},
	},
	{
		name: "mine, not proved",
		go: async (page) => {
			await inDialog(page, m["do.later"]());
			await sees(page, faultWords("session.proof_needed"));
			await page.unroute("**/api/me/restriction");
		},
	},
	{
		name: "mine, taking a yes back",
		go: async (page) => {
			await page
				.getByRole("button", {
					name: `${m["consent.withdraw"]()} ${m["consent.purpose.membership"]()}`,
					exact: true,
				})
				.click();
			await seesHeading(page, m["mine.withdraw.ask"]());
		},
	},
	{
		name: "mine, signing out everywhere",
		go: async (page) => {
			await page.keyboard.press("Escape");
			await unfold(page, m["signins.title"]());
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

const meeting: Stop[] = [
	{
		name: "home",
		go: async (page) => {
			await page.goto("/home");
			await page.locator("h1", { hasText: "लालीगुराँस" }).waitFor();
			await speak(page, language.value);
			await page.locator("main section ul.list").first().waitFor();
		},
	},
	{ name: "meet", go: (page) => page.goto("/meet").then(() => sees(page, m["meet.time"]())) },
	{
		name: "meet, with whom",
		go: async (page) => {
			await page.locator("summary").filter({ hasText: m["meet.change"]() }).click();
			await page.locator("details label.pick").nth(3).waitFor();
		},
	},
	{
		name: "meet, a time chosen",
		go: async (page) => {
			// On a later day: on the first one a time may pass out of reach while it is being taken.
			await page
				.locator("fieldset:not(:has(legend .cap)) .slots label.pick:has(input:enabled)")
				.nth(1)
				.click();
			await page.locator("fieldset:has(legend .cap) label.pick:has(input:enabled)").first().click();
			await sees(page, m["meet.chosen"]());
		},
	},
	{
		name: "meet, booked",
		go: (page) => press(page, m["meet.pickTime"]()).then(() => sees(page, m["meet.booked"]())),
	},
	{
		name: "meet, giving one up",
		go: async (page) => {
			await page.getByRole("button", { name: m["meet.cancel"](), exact: true }).first().click();
			await sees(page, m["meet.cancelNoReason"]());
		},
	},
	{
		name: "meet, given up, and those that were",
		go: async (page) => {
			await inDialog(page, m["meet.cancelYes"]());
			await sees(page, m["meet.cancelled"]());
			await page.locator("summary").filter({ hasText: m["meet.past"]() }).click();
			await page.locator("details .fold li, details .fold p").first().waitFor();
		},
	},
];

const openIntake = async (page: Page, state: string) => {
	await page.goto("/learn");
	await page.locator("article li.row").filter({ hasText: state }).first().getByRole("button").click();
	await sees(page, m["learn.reads"]());
};

const learning: Stop[] = [
	{ name: "learn", go: (page) => page.goto("/learn").then(() => seesHeading(page, m["learn.courses"]())) },
	{ name: "learn, a full one", go: (page) => openIntake(page, m["meet.full"]()) },
	{ name: "learn, one with places", go: (page) => openIntake(page, m["learn.open"]()) },
	{
		name: "learn, a place taken",
		go: async (page) => {
			await tick(page, m["learn.need.child"]());
			await press(page, m["learn.apply"]());
			await sees(page, m["learn.placed"]());
		},
	},
	{
		name: "learn, her places",
		go: async (page) => {
			await page.goto("/learn");
			await page.locator("summary").filter({ hasText: m["learn.said"]() }).click();
			await sees(page, m["learn.need.child"]());
		},
	},
	{
		name: "learn, giving it back",
		go: async (page) => {
			await press(page, m["learn.leave"]());
			await sees(page, m["learn.leave.again"]());
		},
	},
	{
		name: "learn, given back",
		go: async (page) => {
			await inDialog(page, m["learn.leave"]());
			await sees(page, m["learn.left"]());
		},
	},
];

const supporting: Stop[] = [
	{ name: "hours", go: (page) => page.goto("/hours").then(() => seesHeading(page, m["peer.hours"]())) },
	{
		name: "hours, the wrong way round",
		go: async (page) => {
			await page.getByRole("button", { name: m["hours.add"]({ day: m["day.6"]() }) }).click();
			await page.getByLabel(m["hours.to"](), { exact: true }).last().selectOption("06:00");
			await press(page, m["do.keep"]());
			await sees(page, m["hours.order"]());
		},
	},
];

test.each(spoken)("pages of members and supporters, in %s", async (language) => {
	const hers = seated(language, "phone");
	await walk(language, [
		[(await visitAs("member", hers)).page, [...ofAMember, ...meeting]],
		[(await visitAs("member", hers)).page, learning],
		[(await visitAs("peerSupporter", hers)).page, supporting],
	]);
});
