import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { read } from "./harness/ask.ts";
import { visitAsNewMember } from "./harness/member.ts";
import { follow, press, sees, seesHeading, unfold } from "./harness/steps.ts";
import { leaveReceipt, speakUp } from "./harness/talk.ts";
import { m } from "./harness/words.ts";

interface Ledger {
	items: { purpose: string; stands: boolean; no: boolean }[];
	open: { purpose: string }[];
}

const ledgerOf = (page: Page) => read<Ledger>(page, "/api/me/consents?language=ne");
const standing = async (page: Page) =>
	(await ledgerOf(page)).items
		.filter(({ stands }) => stands)
		.map(({ purpose, no }) => (no ? `no ${purpose}` : purpose));

/** No yes is given beforehand, wherever one is asked: what could be ticked has come, and is not. */
async function nothingTicked(page: Page): Promise<void> {
	await page
		.locator("main label.pick")
		.filter({ has: page.getByRole("checkbox") })
		.first()
		.waitFor();
	expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(0);
}

test("she says no to all she may say no to, and has the use of everything", async () => {
	const { page } = await visitAsNewMember("नभन्ने");
	await page.goto("/mine");
	await seesHeading(page, m["mine.consents"]());
	await sees(page, m["consent.noCost"]());
	await press(page, `${m["ledger.noCount"]()} ${m["consent.purpose.figures"]()}`);
	await sees(page, m["ledger.said"]());
	expect((await standing(page)).sort()).toEqual(["membership", "no figures"]);

	// She meets somebody, who is not told her name.
	await page.goto("/meet");
	// The last of its day, which is not over before she has taken it.
	await page.locator("fieldset:has(legend .cap) label.pick:has(input:enabled)").last().click();
	await nothingTicked(page);
	await press(page, m["meet.pickTime"]());
	await sees(page, m["meet.booked"]());

	// She gets a place in a course, and says nothing of what she needs.
	await follow(page, m["nav.learn"]());
	const card = page
		.locator("article")
		.filter({ has: page.getByRole("heading", { name: "सिलाइ", exact: true }) });
	await card.locator("button.whole").first().click();
	await page.getByRole("heading", { level: 1, name: "सिलाइ", exact: true }).waitFor();
	await nothingTicked(page);
	await press(page, m["learn.apply"]());
	await sees(page, m["learn.placed"]());

	// What she has is hers to see, to take and to pause.
	await page.goto("/mine");
	await unfold(page, m["ledger.went"]());
	await sees(page, m["ledger.went.none"]());
	await unfold(page, m["mine.download"]());
	await sees(page, m["mine.download.warn"]());

	// She speaks up, without a name.
	expect(await speakUp(page, { about: m["talk.cat7"](), text: "बाटो खर्च ढिलो आउँछ।" })).toMatch(/^\d+$/);
	await leaveReceipt(page);

	expect((await standing(page)).sort(), "nothing was given by the way").toEqual(["membership", "no figures"]);
});

test("saying yes on her page is one press, and taking it back is one too", async () => {
	const { page } = await visitAsNewMember("भन्ने");
	await page.goto("/mine");
	const peer = m["consent.purpose.peer_name"]();
	await press(page, `${m["consent.give"]()} ${peer}`);
	await sees(page, m["ledger.said"]());
	expect(await standing(page)).toContain("peer_name");
	await press(page, `${m["consent.withdraw"]()} ${peer}`);
	await sees(page, m["mine.withdraw.done"]());
	expect(await standing(page)).not.toContain("peer_name");
	await page.getByRole("button", { name: `${m["consent.give"]()} ${peer}`, exact: true }).waitFor();
});
