// Takes the pictures of docs/guide from a demo that runs already:
//   CREDENTIALS=people.json make demo      (in another window)
//   CREDENTIALS=people.json npm run shots      (LANGUAGES=nb PAGES=meet,learn for some only)
// Everybody on them is invented.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const guide = resolve(import.meta.dirname, "../../docs/guide");
const people = JSON.parse(readFileSync(process.env.CREDENTIALS ?? "people.json", "utf8"));
const languages = {
	ne: ["ne-NP", "Asia/Kathmandu"],
	en: ["en-GB", "Europe/Oslo"],
	nb: ["nb-NO", "Europe/Oslo"],
};
const words = { ne: "नेपाली", en: "English", nb: "Norsk" };
const phone = { width: 360, height: 740 };
const laptop = { width: 1280, height: 800 };
const both = [phone, laptop];

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

/** What a page asks of the server for her, and a fault if it says no. */
const ask = (page, path, body) =>
	page.evaluate(
		async ([path, body]) => {
			const answer = await fetch(path, {
				method: body ? "POST" : "GET",
				headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
				...(body && { body: JSON.stringify(body) }),
			});
			if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
			return answer.json();
		},
		[path, body],
	);

/** A page of somebody who is signed in, or of nobody. */
const states = {};
async function pageOf(role, options = {}) {
	const who = people.find((one) => one.role === role) ?? people[0];
	const context = await browser.newContext({ baseURL: who.address, ...options, storageState: states[role] });
	const page = await context.newPage();
	if (role === "nobody" || states[role]) return page;
	await page.goto("/safe");
	await ask(page, "/api/session", { handle: who.handle, passphrase: who.passphrase });
	states[role] = await context.storageState();
	return page;
}

/** Something that was said and answered, so that there is an answer to come back to. */
async function answered() {
	const sender = await pageOf("nobody");
	await sender.goto("/safe");
	const { token, waitSeconds } = await ask(sender, "/api/talk");
	await new Promise((done) => setTimeout(done, waitSeconds * 1_100));
	const text = "मेरो कुरा अरूले पनि सुने।";
	const { receipt } = await ask(sender, "/api/talk", { token, category: "privacy", text });
	const focal = await pageOf("focalPoint");
	await focal.goto("/safe");
	const { items } = await ask(focal, "/api/grievances");
	const { id } = items.find(({ category, state }) => category === "privacy" && state === "received");
	const reply = "भन्नुभएकोमा धन्यवाद। पढेँ। तपाईंलाई नसोधी कसैसँग कुरा गर्दिनँ।";
	await ask(focal, `/api/grievances/${id}/reply`, { text: reply, decision: false });
	await Promise.all([sender, focal].map((page) => page.context().close()));
	return receipt;
}
const receipt = await answered();

const press = (page, selector, nth = 0) => page.locator(selector).nth(nth).click();
const understood = (page) => press(page, "main .btn.pri");

/** The pages: whose they are, in which sizes, and what is done there before the picture is taken. */
const pages = [
	["start", "/", "nobody", both],
	["join", "/join", "nobody", both, understood],
	["in", "/in", "nobody", both],
	["mine", "/mine", "member", both, (page) => page.locator("main dl").waitFor()],
	["home", "/home", "member", [phone], (page) => page.locator("main .tiles").waitFor()],
	["meet", "/meet", "member", [phone], (page) => page.locator(".slots label.pick").first().waitFor()],
	["learn", "/learn", "member", [phone], (page) => page.locator("main article").first().waitFor()],
	["hours", "/hours", "peerSupporter", [phone], (page) => page.locator(".spans").first().waitFor()],
	["talk", "/talk", "nobody", [phone], understood],
	[
		"answer",
		"/answer",
		"nobody",
		[phone],
		async (page) => {
			await understood(page);
			await page.locator("main input").fill(receipt);
			await page.keyboard.press("Enter");
			await page.locator(".msg").waitFor();
		},
	],
	["today", "/today", "coordinator", both, (page) => page.locator("main .cols").waitFor()],
	["week", "/week", "coordinator", [laptop], (page) => page.locator("main tbody tr").first().waitFor()],
	["people", "/people", "coordinator", both, (page) => page.locator("main tbody tr").first().waitFor()],
	[
		"list",
		"/list",
		"coordinator",
		both,
		async (page) => {
			await press(page, "main .cols button", 1); // the sample register
			await page.locator("main li h3").first().waitFor();
		},
	],
	[
		"courses",
		"/courses",
		"coordinator",
		[laptop],
		async (page) => {
			await press(page, "main tbody button", 1);
			await page.locator("aside ol li").first().waitFor();
		},
	],
	[
		"matters",
		"/matters",
		"focalPoint",
		[laptop],
		async (page) => {
			await press(page, "main [data-matter]");
			await understood(page);
			await page.locator("main .msg").first().waitFor();
		},
	],
	["settings", "/settings", "administrator", both, (page) => page.locator("main dl").first().waitFor()],
	["release", "/release", "coordinator", [laptop], (page) => page.locator("main .defined").waitFor()],
	[
		"figures",
		"/figures",
		"liaison",
		[laptop],
		async (page) => {
			const larger = page.locator("main li.row").filter({ hasText: /Pipalbot|पिपलबोट/ });
			await larger.first().getByRole("button").click();
			await page.locator("main .defined").waitFor();
		},
	],
];

const asked = process.env.LANGUAGES?.split(",") ?? Object.keys(languages);
const wanted = process.env.PAGES?.split(",") ?? pages.map(([name]) => name);
for (const [language, [locale, timezoneId]] of Object.entries(languages)) {
	if (!asked.includes(language)) continue;
	for (const [name, path, role, sizes, ready] of pages) {
		if (!wanted.includes(name)) continue;
		for (const viewport of sizes) {
			const page = await pageOf(role, { locale, timezoneId, viewport });
			await page.goto(path);
			await page.locator("main h1").first().waitFor();
			await ready?.(page);
			await page.waitForLoadState("networkidle");
			// Her own page turns to the language that she joined in.
			const turned = (await page.locator("html").getAttribute("lang")) !== language;
			if (turned) await page.getByRole("button", { name: words[language] }).first().click();
			await page.evaluate(() => document.fonts.ready);
			await page.mouse.move(0, 0); // nothing is pointed at
			await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
			const file = `${guide}/${name}-${language}-${viewport.width}.png`;
			await page.screenshot({ path: file, animations: "disabled" });
			await page.context().close();
		}
	}
}
await browser.close();
