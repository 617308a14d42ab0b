// Takes the pictures of docs/guide from a demo that runs already:
//   CREDENTIALS=people.json make demo      (in another window)
//   CREDENTIALS=people.json npm run shots      (LANGUAGES=nb PAGES=meet,learn for some only)
// Those of setting up (PAGES=setup,invited,factor) come from an empty server that
// it starts itself. Everybody on them is invented.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";
import { enrol, found, founder, startEmpty } from "./newborn.mjs";

const guide = resolve(import.meta.dirname, "../../docs/guide");
const settingUp = ["setup", "invited", "factor"];
const some = process.env.PAGES?.split(",");
const ofDemo = !some || some.some((name) => !settingUp.includes(name));
const people = ofDemo ? JSON.parse(readFileSync(process.env.CREDENTIALS ?? "people.json", "utf8")) : [];
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
	// Whoever is signed in has read what stands ahead of her first page.
	if (role !== "nobody") await context.addInitScript(() => history.replaceState({ read: true }, ""));
	const page = await context.newPage();
	if (role === "nobody" || !who.handle || states[role]) return page;
	await page.goto("/safe");
	await ask(page, "/api/session", { handle: who.handle, passphrase: who.passphrase });
	if (role === "founder") await enrol(page);
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
const receipt = ofDemo && (!some || some.includes("answer")) ? await answered() : "";

/** What waits for somebody else's yes, and what was said yes to: no other picture is touched by it. */
async function askedFor() {
	const [asker, focal, member] = ["coordinator", "focalPoint", "member"].map((role) =>
		people.find((one) => one.role === role),
	);
	const { groups } = await as(asker, "/api/desk");
	await as(asker, "/api/requests", {
		kind: "role",
		handle: member.handle,
		role: "peerSupporter",
		give: true,
		reason: "सुन्न जान्नुहुन्छ। समूहमा सबैले पत्याउनुहुन्छ।",
	});
	await as(asker, "/api/requests", { kind: "export", group: groups[0].id, reason: "भेटघाटको हाजिरीका लागि।" });
	await as(focal, "/api/requests", {
		kind: "emergency",
		handle: member.handle,
		hours: 24,
		reason: "दुई दिनदेखि सम्पर्क छैन।",
	});
}

/** as asks as one of the people of the demo. */
async function as({ role }, path, body) {
	const page = await pageOf(role);
	await page.goto("/safe");
	const answer = await ask(page, path, body);
	await page.context().close();
	return answer;
}
if (ofDemo && (!some || some.includes("asks"))) await askedFor();

/** An old list that was brought in, so that somebody is to be asked; one on it is under 18. */
async function broughtIn() {
	const page = await pageOf("coordinator");
	await page.goto("/safe");
	await page.evaluate(
		async ([rows]) => {
			const send = async (path, body) => {
				const headers = { "Idempotency-Key": crypto.randomUUID() };
				if (typeof body === "string") headers["Content-Type"] = "application/json";
				return (await fetch(path, { method: "POST", headers, body })).json();
			};
			const reach = async (path, state) => {
				while ((await (await fetch(path)).json()).state !== state)
					await new Promise((go) => setTimeout(go, 200));
			};
			const list = new FormData();
			list.append("file", new Blob([rows], { type: "text/csv" }), "list.csv");
			const path = `/api/register-imports/${(await send("/api/register-imports", list)).id}`;
			await reach(path, "draft");
			await send(`${path}/commit`, "{}");
			await reach(path, "committed");
		},
		[oldList],
	);
	await page.context().close();
}
const oldList = `नाम,समूह,फोन,जन्म मिति (वि.सं.)
मैना तामाङ,कास्की,9841000021,2046-03-12
बेली राई,कास्की,9841000022,2050-07-02
सरिता गुरुङ,झापा,9841000023,2039-11-20
फूलमती चौधरी,बाँके,,2048-01-09
हिरा थापा,काठमाडौं,9841000024,2052-05-17
जूनकिरी मगर,कास्की,9841000025,2072-02-11
`;
const asking = ["ask", "askone", "young"];
if (ofDemo && (!some || some.some((name) => asking.includes(name)))) await broughtIn();

/** An organisation that has just been founded on a server of its own, and how to end it. */
async function newborn() {
	const { address, code, stop } = await startEmpty();
	people.push({ role: "guest", address });
	const page = await pageOf("guest");
	await page.goto("/safe");
	const { handle } = await ask(page, "/api/set-up", found(code));
	await page.context().close();
	const who = founder(address, handle);
	people.push(who, { ...who, role: "halfway" }); // who has given her words, and nothing beside them yet
	await (await pageOf("founder")).context().close();
	return stop;
}
const stop = !some || some.some((name) => settingUp.includes(name)) ? await newborn() : () => {};

const press = (page, selector, nth = 0) => page.locator(selector).nth(nth).click();
const understood = (page) => press(page, "main .btn.pri");

/** One of the parts of her page that are folded away, opened. */
async function unfolded(page, nth) {
	await page.locator("main details.card > summary").nth(nth).click();
	await page.locator("main details[open] .fold > :nth-child(2)").first().waitFor();
}

/** The pages: whose they are, in which sizes, what is done there before the picture is taken, and what is then in sight. */
const pages = [
	["start", "/", "nobody", both],
	["join", "/join", "nobody", both, understood],
	["in", "/in", "nobody", both],
	["again", "/again", "nobody", both],
	["safe", "/safe", "nobody", both],
	["before", "/join", "nobody", [phone]],
	["mine", "/mine", "member", both, (page) => page.locator("main dl").waitFor()],
	["rights", "/mine", "member", [phone], (page) => unfolded(page, 1), "main details[open]"],
	["erase", "/mine", "member", [phone], (page) => unfolded(page, -1), "main > details"],
	[
		"proof",
		"/mine",
		"member",
		[phone],
		async (page) => {
			await page.route("**/api/me/restriction", (route) =>
				route.fulfill({ status: 403, json: { code: "session.proof_needed" } }),
			);
			await unfolded(page, 4);
			await press(page, "main details[open] .fold .btn");
			await page.locator("dialog[open]").waitFor();
		},
	],
	["home", "/home", "member", [phone], (page) => page.locator("main .tiles").waitFor()],
	["meet", "/meet", "member", [phone], (page) => page.locator(".slots label.pick").first().waitFor()],
	["learn", "/learn", "member", [phone], (page) => page.locator("main article").first().waitFor()],
	["lost", "/mine", "member", [phone], (page) => unfolded(page, -3), "main details[open]"],
	["again", "/again", "nobody", both],
	["read", "/read", "nobody", both, (page) => page.locator("main article").first().waitFor()],
	[
		"tell",
		"/read",
		"member",
		[phone],
		async (page) => {
			await press(page, "main details.card > summary", -1);
			await page.locator("main .fold textarea").first().waitFor();
		},
		"main details[open]",
	],
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
	["ask", "/ask", "coordinator", both, (page) => page.locator("main tbody tr").first().waitFor()],
	[
		"askone",
		"/ask",
		"coordinator",
		[phone],
		async (page) => {
			await press(page, "main tbody button");
			await page.locator("main .tick").first().waitFor();
		},
	],
	["young", "/ask", "focalPoint", [phone], (page) => page.locator("main tbody tr").first().waitFor()],
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
	["asks", "/asks", "board", both, (page) => page.locator("main section.card").nth(1).waitFor()],
	["ties", "/ties", "focalPoint", both, (page) => page.locator("main blockquote").first().waitFor()],
	[
		"log",
		"/log",
		"board",
		both,
		async (page) => {
			await press(page, "main summary");
			await page.locator("main tbody tr").first().waitFor();
		},
	],
	["settings", "/settings", "administrator", both, (page) => page.locator("main dl").first().waitFor()],
	["texts", "/settings", "focalPoint", both, (page) => unfolded(page, 0), "main section:has(details[open])"],
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
	[
		"setup",
		"/setup",
		"founder",
		both,
		async (page) => {
			await press(page, "main li button"); // a code for the board
			await page.locator("main .code").waitFor();
		},
	],
	["factor", "/in", "halfway", both, (page) => page.locator("main .btn").first().waitFor()],
	["invited", "/invited", "guest", both, (page) => page.locator("main .phrase li").nth(4).waitFor()],
];

const asked = process.env.LANGUAGES?.split(",") ?? Object.keys(languages);
const wanted = some ?? pages.map(([name]) => name);
for (const [language, [locale, timezoneId]] of Object.entries(languages)) {
	if (!asked.includes(language)) continue;
	for (const [name, path, role, sizes, ready, sight] of pages) {
		if (!wanted.includes(name)) continue;
		for (const viewport of sizes) {
			const page = await pageOf(role, { locale, timezoneId, viewport });
			await page.goto(path);
			await page.locator("main h1").first().waitFor();
			await page.waitForLoadState("networkidle");
			// Her own page turns to the language that she joined in, as soon as it knows it.
			const turnBack = async () => {
				const turned = (await page.locator("html").getAttribute("lang")) !== language;
				if (turned) await page.getByRole("button", { name: words[language] }).first().click();
			};
			await turnBack();
			await ready?.(page);
			await page.waitForLoadState("networkidle");
			await turnBack();
			await page.evaluate(() => document.fonts.ready);
			await page.mouse.move(0, 0); // nothing is pointed at
			await page.evaluate((sight) => {
				const seen = sight && document.querySelector(sight);
				const top = seen ? seen.getBoundingClientRect().top + scrollY - 80 : 0; // below the head of the page
				scrollTo({ top, behavior: "instant" });
			}, sight);
			const file = `${guide}/${name}-${language}-${viewport.width}.png`;
			// The page of safety is there to be read, so its picture on a phone is the whole of it.
			const fullPage = name === "safe" && viewport === phone;
			await page.screenshot({ path: file, fullPage, animations: "disabled" });
			await page.context().close();
		}
	}
}
await browser.close();
await stop();
