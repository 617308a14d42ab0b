import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { neutralWords } from "./harness/neutral.ts";
import {
	comesAnew,
	follow,
	press,
	register,
	sees,
	seesHeading,
	signIn,
	signOut,
	unfold,
} from "./harness/steps.ts";
import { chooseTopic, comeBack, speakUp, writeOn } from "./harness/talk.ts";
import { cookieOf, demo, neutral, signInOf, stateOf, statusOf, type Visit, visit } from "./harness/visit.ts";
import { m, numerals } from "./harness/words.ts";

const marker = "झिलिमिली";
let hers: { handle: string; words: string } | null = null;

/** She is on her own page, which shows the name she chose. */
async function atHerPage(seen: Visit): Promise<string> {
	hers ??= await register(seen.page, { alias: marker });
	await seen.page.goto("/");
	await signIn(seen.page, hers.handle, hers.words);
	await seesHeading(seen.page, m["home.greeting"]({ name: marker }));
	return cookieOf(seen);
}

async function showsNothingOfHers(page: Page): Promise<void> {
	expect(await page.locator("html").innerHTML()).not.toContain(marker);
}

const exitLink = (page: Page) => page.locator("a.exit");

/** goesBack presses Back, and waits until what it leads to is drawn where that is a page of ours. */
async function goesBack(page: Page): Promise<void> {
	await page.goBack().catch(() => undefined);
	await page.locator(page.url().startsWith(demo.url) ? "main h1" : "body").waitFor();
}

/** Shift three times at one moment of the page's clock, however long the keys take. */
async function shiftsOut(page: Page): Promise<void> {
	await page.clock.pauseAt(Date.now() + 60_000);
	for (let i = 0; i < 3; i++) await page.keyboard.press("Shift");
}

test("the exit ends the session and leads to a neutral site, from which Back shows nothing of hers", async () => {
	const seen = await visit();
	const { page } = seen;
	const cookie = await atHerPage(seen);
	expect(await statusOf(cookie)).toBe(200);
	await exitLink(page).click();
	await page.waitForURL(neutral);
	await sees(page, neutralWords);
	await expect.poll(() => statusOf(cookie)).toBe(401);
	await expect.poll(() => seen.context.cookies(demo.url)).toEqual([]);
	await page.goBack();
	await page.locator("main h1").waitFor();
	await showsNothingOfHers(page);
	expect(new URL(page.url()).pathname).not.toBe("/mine");
});

test("the exit can be reached while a question stands above the page", async () => {
	const seen = await visit();
	const { page } = seen;
	await atHerPage(seen);
	await unfold(page, m["signins.title"]());
	await page.getByRole("button", { name: m["signout.everywhere"](), exact: true }).click();
	await page.getByRole("dialog").locator("a.exit").click();
	await page.waitForURL(neutral);
});

test("the page is empty before any answer comes", async () => {
	const seen = await visit();
	const { page } = seen;
	await atHerPage(seen);
	const told: string[] = [];
	page.on("console", (message) => told.push(message.text()));
	await page.evaluate(() => {
		const look = () => document.body.childElementCount === 0 && console.log("empty");
		new MutationObserver(look).observe(document.body, { childList: true });
	});
	let answer = () => {};
	const held = new Promise<void>((done) => {
		answer = done;
	});
	await page.route(/\/(exit|api\/session)$/, async (route) => {
		await held;
		await route.continue().catch(() => undefined);
	});
	await exitLink(page).click({ noWaitAfter: true });
	await expect.poll(() => told).toContain("empty");
	answer();
	await page.waitForURL(neutral);
});

test("Shift three times leaves within five seconds, not after six, and not while writing", async () => {
	const seen = await visit({ device: "laptop" });
	const { page } = seen;
	await atHerPage(seen);
	await page.clock.pauseAt(Date.now() + 60_000);
	await page.keyboard.press("Shift");
	await page.keyboard.press("Shift");
	await page.clock.fastForward(6_000);
	await page.keyboard.press("Shift");
	await page.keyboard.press("Escape");
	for (const letter of "ABC") await page.keyboard.press(`Shift+${letter}`);
	await sees(page, marker);
	for (let i = 0; i < 3; i++) await page.keyboard.press("Shift");
	await page.waitForURL(neutral);
});

test("without scripts the exit is a real link that ends the session", async () => {
	const seen = await visit();
	const cookie = await atHerPage(seen);
	const storageState = await seen.context.storageState();
	const { page } = await visit({ javaScriptEnabled: false, storageState });
	for (const path of ["/", "/mine", "/safe"]) {
		await page.goto(path);
		await exitLink(page).waitFor();
	}
	await exitLink(page).click();
	await page.waitForURL(neutral);
	expect(await statusOf(cookie)).toBe(401);
});

test("without a net the exit leaves an empty page, and Back brings nothing back", async () => {
	const seen = await visit();
	const { page, context } = seen;
	await atHerPage(seen);
	await context.setOffline(true);
	await exitLink(page).click();
	await page.waitForURL("about:blank");
	await page.goBack().catch(() => undefined);
	await showsNothingOfHers(page);
});

test("after signing out neither Back nor a page kept by the browser shows anything of hers", async () => {
	const seen = await visit();
	const { page } = seen;
	const cookie = await atHerPage(seen);
	await signOut(page);
	await showsNothingOfHers(page);
	expect(await statusOf(cookie)).toBe(401);
	for (let back = 0; back < 2; back++) {
		await goesBack(page);
		await showsNothingOfHers(page);
	}
});

test("a page that the browser kept is wiped and asked for anew when she comes back to it", async () => {
	const seen = await visit();
	const { page } = seen;
	const cookie = await atHerPage(seen);
	const ended = await fetch(`${demo.url}/api/session`, {
		method: "DELETE",
		headers: { Cookie: cookie, Origin: demo.url },
	});
	expect(ended.status).toBe(204);
	// Chromium keeps no page that must not be stored; others do. What the page was still
	// asking may have brought another in its place by itself, which is wiped as well.
	const left = () =>
		page.evaluate(() => {
			dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
			return document.body.textContent;
		});
	await expect.poll(() => left().catch(() => null)).toBe("");
	await seesHeading(page, m["signin.title"]());
	await showsNothingOfHers(page);
});

const leavings: Record<string, () => unknown> = {
	blur: () => dispatchEvent(new Event("blur")),
	pagehide: () => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })),
	hidden: () => {
		Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
		document.dispatchEvent(new Event("visibilitychange"));
	},
};

test("the page is covered by the second frame when it is hidden, left or loses the front", async () => {
	const seen = await visit();
	const { page } = seen;
	await atHerPage(seen);
	for (const leave of Object.values(leavings)) {
		await page.evaluate(leave);
		// What the second frame paints is on screen well within a tenth of a second.
		const shown = await page.evaluate(async () => {
			const frame = () => new Promise(requestAnimationFrame);
			await frame();
			await frame();
			const app = document.getElementById("app");
			// What still loads beneath may move; the cover itself comes at once.
			const moving = document
				.getAnimations()
				.filter(
					({ effect }) =>
						effect instanceof KeyframeEffect && effect.target?.matches("html, body, #app, .cover"),
				);
			return app && [getComputedStyle(app).opacity, moving.length];
		});
		expect(shown).toEqual(["0", 0]);
		await page.locator(".cover").waitFor();
		await page.evaluate(() => {
			Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
			dispatchEvent(new Event("focus"));
		});
		await page.locator(".cover").waitFor({ state: "hidden" });
		await sees(page, marker);
	}
});

test("a page without the application is covered and cleared in the same way, where scripts are on", async () => {
	const { page } = await visit();
	await page.clock.install();
	await page.goto("/say");
	await press(page, m["exit.understood"]());
	const first = page.locator("fieldset label").first();
	await first.waitFor();
	// What covers and clears is in a file that comes after the words.
	await page.waitForLoadState();
	for (const leave of Object.values(leavings)) {
		await first.waitFor();
		await page.evaluate(leave);
		await first.waitFor({ state: "hidden" });
		await page.evaluate(() => {
			Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
			dispatchEvent(new Event("focus"));
		});
	}
	await first.click();
	await page.locator("button.main").click();
	await page.locator("textarea").fill(marker);
	await page.waitForLoadState();
	await page.clock.fastForward("10:10");
	await page.waitForURL(({ pathname }) => pathname === "/");
	await page.locator("main h1").waitFor();
	await showsNothingOfHers(page);
	await goesBack(page);
	await showsNothingOfHers(page);
});

test("on pages without the application the exit empties the page before any answer too", async () => {
	for (const path of ["/safe", "/say", "/back", "/no-such-page"]) {
		const { page } = await visit({ device: "laptop" });
		await page.goto(path);
		let answer = () => {};
		const held = new Promise<void>((done) => {
			answer = done;
		});
		await page.route("**/exit", async (route) => {
			await held;
			await route.continue().catch(() => undefined);
		});
		const told = page.waitForEvent("console", (message) => message.text() === "empty");
		await page.evaluate(() => {
			const look = () => document.body.childElementCount === 0 && console.log("empty");
			new MutationObserver(look).observe(document.body, { childList: true });
		});
		if (path === "/safe") await shiftsOut(page);
		else await exitLink(page).click({ noWaitAfter: true });
		await told;
		answer();
		await page.waitForURL(neutral);
		await page.goBack().catch(() => undefined);
		expect(page.url(), "what Back leads to").not.toContain(path);
	}
});

test("a page left alone for ten minutes forgets her, here and on the server", async () => {
	const seen = await visit();
	const { page } = seen;
	const cookie = await atHerPage(seen);
	await page.clock.install();
	await page.reload();
	await seesHeading(page, m["home.greeting"]({ name: marker }));
	// The ten minutes begin with a touch, and pass on a clock that stands still meanwhile.
	await page.clock.pauseAt(Date.now() + 60_000);
	await page.keyboard.press("Escape");
	await page.clock.fastForward("09:50");
	await sees(page, marker);
	await page.clock.fastForward("00:20");
	await sees(page, m["cover.idle"]());
	await showsNothingOfHers(page);
	await expect.poll(() => statusOf(cookie)).toBe(401);
});

test("signing out without a net forgets her all the same", async () => {
	const seen = await visit();
	const { page, context } = seen;
	await atHerPage(seen);
	await comesAnew(page, async () => {
		await context.setOffline(true);
		await page.getByRole("button", { name: m["signout.button"](), exact: true }).click();
		await page.waitForURL(/\/in$/);
		await showsNothingOfHers(page);
		await context.setOffline(false);
	});
	await seesHeading(page, m["signin.title"]());
	await showsNothingOfHers(page);
});

const ways: Record<string, (page: Page) => Promise<unknown>> = {
	"Shift three times": async (page) => {
		for (let i = 0; i < 3; i++) await page.keyboard.press("Shift");
		await page.waitForURL("about:blank");
	},
	"signing out": async (page) => {
		await page.getByRole("button", { name: m["signout.button"](), exact: true }).click();
		await page.waitForURL(/\/in$/);
		await page.goto("about:blank");
	},
};

for (const [way, goes] of Object.entries(ways)) {
	test(`${way} without a net ends the session as soon as anything is asked again`, async () => {
		const seen = await visit({ device: "laptop" });
		const { page, context } = seen;
		const cookie = await atHerPage(seen);
		await context.setOffline(true);
		await goes(page);
		await context.setOffline(false);
		await page.goto("/mine");
		await seesHeading(page, m["signin.title"]());
		await showsNothingOfHers(page);
		expect(await statusOf(cookie)).toBe(401);
		expect(await context.cookies(demo.url)).toEqual([]);
		await atHerPage(seen);
	});
}

test("the page of safety tells what the exit does, and leads back", async () => {
	const { page } = await visit();
	await page.goto("/");
	await follow(page, m["safe.title"]());
	await page.waitForURL(/\/safe\?l=ne$/);
	await sees(page, m["exit.history"]());
	await page.goBack();
	await follow(page, m["signin.title"]());
	await seesHeading(page, m["signin.title"]());
});

test("the exit leaves from where something is written or open, and Back brings none of it back", async () => {
	const written = "बाँसको पुल";
	const draft = await visit();
	await chooseTopic(draft.page, m["talk.cat8"]());
	await writeOn(draft.page, { about: m["talk.cat8"](), text: written });
	await leavesNothing(draft.page, written);

	// A receipt is held against a slip, never against the exit.
	const receipt = await visit();
	const digits = await speakUp(receipt.page, { about: m["talk.cat8"](), text: written });
	const group = numerals(digits.slice(0, 4));
	await sees(receipt.page, group);
	await leavesNothing(receipt.page, group);

	const answer = await visit();
	await comeBack(answer.page, digits);
	await press(answer.page, m["receipt.earlier"]());
	await sees(answer.page, written);
	await leavesNothing(answer.page, written);

	const focal = await visit({ device: "laptop", storageState: await stateOf(signInOf("focalPoint")) });
	await focal.page.goto("/matters");
	await focal.page.locator("[data-matter]").first().click();
	await press(focal.page, m["handle.conflictNo"]());
	await sees(focal.page, m["handle.readers"]());
	const cookie = await cookieOf(focal);
	await leavesNothing(focal.page, (await focal.page.locator("article.msg p").nth(1).textContent()) ?? "");
	await expect.poll(() => statusOf(cookie)).toBe(401);
});

async function leavesNothing(page: Page, secret: string): Promise<void> {
	await exitLink(page).click();
	await page.waitForURL(neutral);
	await goesBack(page);
	expect(await page.locator("html").innerHTML()).not.toContain(secret);
}
