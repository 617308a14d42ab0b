import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keptBy } from "./harness/kept.ts";
import { newMember } from "./harness/member.ts";
import { comesAnew, press, sees, seesHeading, settled, signIn, signOut } from "./harness/steps.ts";
import { demo, signInOf, type Visit, visit } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

// One phone, two women, one after the other, in one window that is never closed.

const words = "पाँच शब्द जति लामो वाक्य";
const first = { alias: "मकैबारी", handle: "" };
const second = { alias: "धानखेत", handle: "" };

async function bothAreMembers(): Promise<void> {
	if (!first.handle) first.handle = (await newMember(first.alias)).handle;
	if (!second.handle) second.handle = (await newMember(second.alias)).handle;
}

/**
 * signInHere signs in on the page as it stands after somebody has gone: nothing is
 * loaded anew, and what leaving does is told to whoever comes.
 */
async function signInHere(page: Page, handle: string): Promise<void> {
	await page.getByLabel(m["signin.handle"](), { exact: true }).fill(handle);
	await page.getByLabel(m["signin.words"](), { exact: true }).fill(words);
	await press(page, m["signin.title"]());
	await page.waitForURL(({ pathname }) => pathname !== "/in");
	await press(page, m["exit.understood"]());
}

/** What answers the page got since then, and everything that it shows. */
async function all(page: Page): Promise<string> {
	return page.locator("html").innerHTML();
}

async function showsOnly(
	seen: Visit,
	hers: { alias: string },
	other: { alias: string; handle: string },
): Promise<void> {
	const { page } = seen;
	const greeting = m["home.greeting"]({ name: hers.alias });
	for (const [place, heading] of [
		["/home", greeting],
		["/meet", m["meet.title"]()],
		["/learn", m["nav.learn"]()],
		["/mine", greeting],
	] as const) {
		await page.locator(`nav a[href='${place}']`).click();
		await seesHeading(page, heading);
		await settled(page);
		const shown = await all(page);
		expect(shown, place).not.toContain(other.alias);
		expect(shown, place).not.toContain(other.handle);
	}
	await sees(page, hers.alias);
	const kept = await keptBy(seen);
	for (const secret of [other.alias, other.handle, hers.alias]) expect(kept).not.toContain(secret);
}

test("whoever signs in after her on the same phone sees nothing of hers, nor she of the other", async () => {
	await bothAreMembers();
	const seen = await visit();
	const { page } = seen;
	await signIn(page, first.handle, words);
	await showsOnly(seen, first, second);
	await signOut(page);
	expect(await all(page)).not.toContain(first.alias);
	await signInHere(page, second.handle);
	await showsOnly(seen, second, first);
	await signOut(page);
	await signInHere(page, first.handle);
	await showsOnly(seen, first, second);
});

test("answers that the browser fetched ahead for her are not given to whoever comes next", async () => {
	await bothAreMembers();
	const seen = await visit();
	const { page } = seen;
	await signIn(page, first.handle, words);
	await seesHeading(page, m["home.greeting"]({ name: first.alias }));
	// What is asked ahead of the page comes when she has gone already.
	let give = () => {};
	const gone = new Promise<void>((done) => {
		give = done;
	});
	await page.route("**/api/me", async (route) => {
		const answer = await route.fetch();
		await gone;
		await route.fulfill({ response: answer }).catch(() => undefined);
	});
	const asked = page.waitForRequest("**/api/me");
	await page.goto("/home");
	await asked;
	await page.locator("footer").waitFor();
	await signOut(page);
	give();
	await page.unrouteAll({ behavior: "wait" });
	await signInHere(page, second.handle);
	await seesHeading(page, m["home.greeting"]({ name: second.alias }));
	expect(await all(page)).not.toContain(first.alias);
});

test("a page that locked itself opens for the next one without anything of hers", async () => {
	await bothAreMembers();
	const seen = await visit();
	const { page } = seen;
	await page.clock.install();
	await signIn(page, first.handle, words);
	await seesHeading(page, m["home.greeting"]({ name: first.alias }));
	await page.clock.fastForward("10:10");
	await sees(page, m["cover.idle"]());
	await press(page, m["cover.reopen"]());
	await seesHeading(page, m["signin.title"]());
	expect(await all(page)).not.toContain(first.alias);
	await signInHere(page, second.handle);
	await seesHeading(page, m["home.greeting"]({ name: second.alias }));
	expect(await all(page)).not.toContain(first.alias);
});

test("a sign-in that ended elsewhere leaves nothing for the next one either", async () => {
	await bothAreMembers();
	const seen = await visit();
	const { page, context } = seen;
	await signIn(page, first.handle, words);
	const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
	await comesAnew(page, async () => {
		await fetch(`${demo.url}/api/session`, {
			method: "DELETE",
			headers: { Cookie: cookie, Origin: demo.url },
		});
		// What the page was asking meanwhile may have told it already, and the bar is gone.
		await page
			.evaluate(() => document.querySelector<HTMLElement>("nav a[href='/mine']")?.click())
			.catch(() => {});
	});
	await sees(page, m["signout.expired"]());
	await signInHere(page, second.handle);
	await showsOnly(seen, second, first);
});

test("after signing out, without a net, the same address shows the door and nothing of hers", async () => {
	const { handle, passphrase } = signInOf("coordinator");
	const seen = await visit({ device: "laptop" });
	const { page, context } = seen;
	await signIn(page, handle, passphrase);
	await page.goto("/people");
	const name = (await page.locator("tbody button.whole").first().textContent()) ?? "";
	expect(name).not.toBe("");
	await signOut(page);
	await context.setOffline(true);
	await page.goto("/people").catch(() => undefined);
	expect(await page.locator("html").innerHTML()).not.toContain(name);
	await context.setOffline(false);
	await page.goto("/people");
	await seesHeading(page, m["signin.title"]());
	expect(await all(page)).not.toContain(name);
});
