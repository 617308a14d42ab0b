// Takes the pictures of docs/guide from a demo that runs already:
//   CREDENTIALS=people.json make demo      (in another window)
//   CREDENTIALS=people.json npm run shots
// Everybody on them is invented.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const guide = resolve(import.meta.dirname, "../../docs/guide");
const people = JSON.parse(readFileSync(process.env.CREDENTIALS ?? "people.json", "utf8"));
const address = people[0].address;
const of = (role) => people.find((one) => one.role === role);
const languages = {
	ne: ["ne-NP", "Asia/Kathmandu"],
	en: ["en-GB", "Europe/Oslo"],
	nb: ["nb-NO", "Europe/Oslo"],
};
const words = { ne: "नेपाली", en: "English", nb: "Norsk" };
const sizes = { 360: 740, 1280: 800 };

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: [
		"--no-sandbox",
		"--disable-gpu",
		"--disable-quic",
		"--no-first-run",
		"--disable-background-networking",
		"--disable-component-update",
		"--disable-sync",
	],
});
for (const [language, [locale, timezoneId]] of Object.entries(languages)) {
	for (const [width, height] of Object.entries(sizes)) {
		const context = await browser.newContext({
			locale,
			timezoneId,
			viewport: { width: Number(width), height },
		});
		const page = await context.newPage();
		const shot = async (name) => {
			await page.waitForLoadState("networkidle");
			await page.evaluate(() => document.fonts.ready);
			await page.mouse.move(0, 0); // nothing is pointed at
			await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
			await page.screenshot({ path: `${guide}/${name}-${language}-${width}.png`, animations: "disabled" });
		};
		const open = async (path) => {
			await page.goto(address + path);
			await page.locator("main h1").first().waitFor();
		};
		const signIn = async (who) => {
			await open("/in");
			await page.locator('input[type="text"], input:not([type])').first().fill(who.handle);
			await page.locator("input").nth(1).fill(who.passphrase);
			await page.keyboard.press("Enter");
			await page.waitForURL((url) => url.pathname !== "/in");
			await page.locator("main h1").first().waitFor();
		};
		await open("/");
		await shot("start");
		await open("/join");
		await page.locator("main button").first().click();
		await page.locator("main input").first().waitFor();
		await shot("join");
		await open("/in");
		await shot("in");
		await signIn(of("member"));
		await open("/mine");
		await page.locator("main dl").waitFor();
		await page.getByRole("button", { name: words[language] }).first().click(); // hers is Nepali
		await shot("mine");
		await context.clearCookies();
		await signIn(of("coordinator"));
		await open("/today");
		await shot("today");
		await open("/people");
		await page.locator("main table tbody tr").first().waitFor();
		await shot("people");
		await open("/list");
		await page.locator("main .cols button").nth(1).click(); // the sample register
		await page.locator("main li h3").first().waitFor();
		await shot("list");
		await context.close();
	}
}
await browser.close();
