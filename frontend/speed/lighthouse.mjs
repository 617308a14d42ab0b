// Holds the pages that matter most to a member to their speed on a cheap phone:
// Lighthouse's mobile preset with its simulated slow 4G and slowed processor,
// several runs of each page with nothing cached, and the median of them.
//
//   npm start                  all pages
//   npm start -- start book    these alone
//
// RUNS is how many runs (5), SERVER the built server, CHROMIUM the browser.
// Exit code 1: a page can't be measured, or is under 95 in performance or under
// 100 in accessibility.
import lighthouse from "lighthouse";
import { computeMedianRun } from "lighthouse/core/lib/median-run.js";
import puppeteer from "puppeteer-core";
import { startDemo } from "./demo.mjs";
import { pages } from "./pages.mjs";
import { tell } from "./tell.mjs";

const least = { performance: 95, accessibility: 100 };
const runs = Number(process.env.RUNS ?? 5);
const asked = process.argv.slice(2);
const chosen = asked.length ? pages.filter(({ name }) => asked.includes(name)) : pages;
if (!chosen.length) throw new Error(`known pages: ${pages.map(({ name }) => name).join(", ")}`);

const demo = await startDemo();
const browser = await puppeteer.launch({
	executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
	// As on a phone in Nepal, set to English: the pages come in Nepali.
	env: { ...process.env, TZ: "Asia/Kathmandu" },
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update", "--disable-sync"],
});
let short = false;
try {
	const results = [];
	let signedIn;
	for (const page of chosen) {
		if (page.role && page.role !== signedIn) {
			await signIn(demo.signIns.find(({ role }) => role === page.role));
			signedIn = page.role;
		}
		const measured = [];
		try {
			for (let run = 0; run < runs; run++) measured.push(await measure(demo.url + page.path));
			results.push({ ...page, measured, median: computeMedianRun(measured) });
		} catch (trouble) {
			console.error(`${page.name}: ${trouble.message}`);
			short = true;
		}
	}
	if (results.length) short = tell(results, least) || short;
} finally {
	await browser.close();
	await demo.stop();
}
process.exit(short ? 1 : 0);

/** measure opens a page once in a fresh tab with empty caches; who is signed in stays so. */
async function measure(url) {
	const tab = await browser.newPage();
	// She has read what stands ahead of the first page: the page itself is measured.
	await tab.evaluateOnNewDocument(() => history.replaceState({ read: true }, ""));
	try {
		const { lhr } = await lighthouse(
			url,
			{
				logLevel: "error",
				onlyCategories: Object.keys(least),
				clearStorageTypes: ["cache_storage", "service_workers"],
			},
			undefined,
			tab,
		);
		const wrong = lhr.runtimeError?.message;
		if (wrong) throw new Error(`${url}: ${wrong}`);
		const { pathname } = new URL(lhr.finalDisplayedUrl);
		if (pathname !== new URL(url).pathname) throw new Error(`${url} led on to ${pathname}`);
		return lhr;
	} finally {
		await tab.close();
	}
}

/** signIn is done by our own page, as its cookie wants it. */
async function signIn({ handle, passphrase }) {
	const tab = await browser.newPage();
	await tab.goto(`${demo.url}/safe`);
	const status = await tab.evaluate(
		async (body) => {
			const answer = await fetch("/api/session", {
				method: "POST",
				headers: { "Content-Type": "application/json" },
				body: JSON.stringify(body),
			});
			return answer.status;
		},
		{ handle, passphrase },
	);
	await tab.close();
	if (status !== 200) throw new Error(`signing in was answered ${status}`);
}
