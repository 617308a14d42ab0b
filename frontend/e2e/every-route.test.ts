import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { seesHeading } from "./harness/steps.ts";
import { demo, type Visit, visit, visitAs } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

// Every address that there is, by whoever may open it, on the smallest phone.
const routes: [who: string, paths: string[]][] = [
	["anybody", ["/", "/join", "/in", "/again", "/begin", "/invited", "/talk", "/answer", "/read"]],
	["anybody", ["/safe", "/say", "/back", "/no-such-page"]],
	["member", ["/mine", "/home", "/meet", "/learn"]],
	["peerSupporter", ["/hours"]],
	[
		"coordinator",
		["/today", "/week", "/people", "/list", "/courses", "/matters", "/release", "/ask", "/asks", "/ties"],
	],
	["board", ["/log"]],
	["liaison", ["/figures"]],
	["administrator", ["/settings", "/setup"]],
];

// What no title, address, name of a file or manifest may hold: why anybody might
// come here, and whose it is. Nepali, as it is written in Latin letters, English.
const telling =
	/पीडित|उत्तरजीवी|बेचबिखन|गुनासो|उजुरी|मुद्दा|उद्धार|शोषण|pidit|uttarjivi|bechbikhan|gunaso|ujuri|mudda|uddhar|shoshan|victim|surviv|traffick|abuse|case|complain|griev|rescue|shakti|samuha|pipalbot|nadi|kinar|barna/i;

async function opened(who: string): Promise<Visit> {
	return who === "anybody" ? visit({ device: "small" }) : visitAs(who, { device: "small" });
}

/** exitInSight is what stands in the way of the exit, in words. */
async function exitInSight(page: Page): Promise<string> {
	return page.evaluate(() => {
		const exit = document.querySelector("a.exit");
		if (!exit) return "there is none";
		const { left, top, right, bottom, height } = exit.getBoundingClientRect();
		if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return "it is out of sight";
		if (height < 44) return "it is too small for a finger";
		const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
		return over?.closest("a") === exit ? "" : "something lies over it";
	});
}

test.each(routes)(
	"on every page of %s the exit is in the first 568 pixels and first in tab order, and the title is neutral",
	async (who, paths) => {
		const { page } = await opened(who);
		for (const path of paths) {
			const answer = await page.goto(path);
			await page.locator("main h1").first().waitFor();
			expect(await exitInSight(page), path).toBe("");
			await page.keyboard.press("Tab");
			expect(await page.locator(":focus").getAttribute("href"), path).toBe("/exit");
			expect(await page.title(), path).toMatch(/^(Chautari|चौतारी)$/);
			// There is always a way to numbers to call and to people.
			await page.locator('a[href^="/safe"], a[href^="tel:"]').first().waitFor();
			const headers = answer?.headers() ?? {};
			expect(headers["cache-control"], path).toBe("no-store");
			expect(headers["permissions-policy"], path).toContain("camera=(), ");
			expect(headers["permissions-policy"], path).toContain("geolocation=()");
			expect(new URL(page.url()).search + new URL(page.url()).hash, path).toBe("");
		}
	},
);

test("every page of a list of all has been looked at", async () => {
	const source = await readFile(resolve(import.meta.dirname, "../src/shell/pages.tsx"), "utf8");
	const known = [...source.matchAll(/^\t"(\/\w+)": \{/gm)].map(([, path]) => path ?? "");
	expect(known.length).toBeGreaterThan(20);
	const seen = new Set(routes.flatMap(([, paths]) => paths));
	const missing = known.filter((path) => !seen.has(path) && !elsewhere.includes(path));
	expect(missing).toEqual([]);
});
// Pages that a demo can't show have their place in the tests of their own.
const elsewhere: string[] = [];

test("nothing that stays in a list of pages, on a screen of icons or among files says why anybody comes", async () => {
	const manifest = await (await fetch(`${demo.url}/site.webmanifest`)).text();
	const { display, name, short_name, start_url, icons } = JSON.parse(manifest);
	expect({ display, name, short_name, start_url }).toEqual({
		display: "browser",
		name: "Chautari",
		short_name: "Chautari",
		start_url: "/",
	});
	const built = await readdir(resolve(import.meta.dirname, "../dist"), { recursive: true });
	const files = built.map((file) => file.replace(/\.(br|gz)$/, ""));
	for (const file of files)
		expect(file, "a file of the build").toMatch(/^(assets(\/[\w-]{8}\.(js|css))?|[\w-]+\.\w+|\.gitkeep)$/);
	// What is named by its bytes may spell anything by chance.
	const named = files.filter((file) => !/^assets\/[\w-]{8}\./.test(file));
	const said = [
		manifest,
		...icons.map(({ src }: { src: string }) => src),
		...named,
		...routes.flatMap(([, p]) => p),
	];
	for (const words of said) expect(words).not.toMatch(telling);
});

test("the browser is kept from offering an icon, on pages with and without the application", async () => {
	const { page } = await visit();
	for (const path of ["/", "/in", "/safe", "/say"]) {
		await page.goto(path);
		await page.locator("main h1").waitFor();
		const offered = await page.evaluate(() =>
			dispatchEvent(new Event("beforeinstallprompt", { cancelable: true })),
		);
		expect(offered, path).toBe(false);
	}
});

test("the page of safety has numbers to call and a way in person", async () => {
	const { page } = await visit();
	await page.goto("/safe");
	for (const number of ["1145", "1098", "104", "100"]) {
		await page.locator(`a[href="tel:${number}"]`).first().waitFor();
	}
	await page.getByText(m["start.other"]()).waitFor();
});

test("a page of hers stands behind what leaving does until she has read it, and only once in a window", async () => {
	const { page } = await visitAs("member", { unread: true });
	for (const path of ["/home", "/mine", "/meet", "/learn"]) {
		await page.goto(path);
		await seesHeading(page, m["exit.before"]());
		const text = (await page.locator("main").textContent()) ?? "";
		for (const words of [m["exit.what"](), m["exit.history"](), m["exit.unsent"]()])
			expect(text).toContain(words);
		expect(text).toContain(new URL(page.url()).host);
		await page.locator("main a[href='/safe?l=ne']").waitFor();
	}
	await page.getByRole("button", { name: m["exit.understood"](), exact: true }).click();
	await seesHeading(page, m["learn.courses"]());
	await page.reload();
	await seesHeading(page, m["learn.courses"]());
	await page.locator("nav a[href='/mine']").click();
	await page.locator("main dl").waitFor();
	await page.reload();
	await page.locator("main dl").waitFor();
	expect(await page.evaluate(() => history.state)).toEqual({ read: true });
	expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test("without scripts the same stands ahead of speaking up and of coming back", async () => {
	const { page } = await visit({ javaScriptEnabled: false });
	for (const path of ["/say", "/back"]) {
		await page.goto(path);
		await seesHeading(page, m["exit.before"]());
		expect(await page.locator("input:not([type=hidden]), textarea").count()).toBe(0);
		await page.getByRole("button", { name: m["exit.understood"](), exact: true }).click();
		await page.locator("form input:not([type=hidden])").first().waitFor();
		expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
	}
});
