import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect, inject, onTestFinished } from "vitest";
import { chromium } from "./chromium.ts";
import type { SignIn } from "./server.ts";
import type { Place } from "./setup.ts";

// A worker goes from file to file; its number stays.
const place = inject("places")[Number(process.env.VITEST_POOL_ID) - 1] as Place;
export const { demo } = place;
export const neutral = inject("neutral");

/** The phone in her hand, and the laptop on the coordinator's table. */
export const devices = {
	phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
	laptop: { viewport: { width: 1280, height: 800 } },
	small: { viewport: { width: 320, height: 568 } },
} satisfies Record<string, BrowserContextOptions>;

export interface Visit {
	context: BrowserContext;
	page: Page;
	/** Requests to a host that is not ours, in the order they were made. */
	strangers: string[];
	/** Errors of scripts, refusals of the content policy, files that are missing. */
	complaints: string[];
}

export interface VisitOptions extends BrowserContextOptions {
	device?: keyof typeof devices;
	/** Another server than the demo. */
	url?: string;
	/** The page that stands ahead of the first one of hers wasn't read in this window yet. */
	unread?: boolean;
	browser?: Browser;
}

// How long anything may take on a busy machine, ms.
const patience = Number(process.env.PATIENCE ?? 60_000);

let connected: Promise<Browser> | null = null;

/** The worker's browser. */
export function browser(): Promise<Browser> {
	connected ??= chromium.connect(place.browser, { timeout: 120_000 });
	return connected;
}

/**
 * visit opens a fresh profile of a person in Nepal. When the test ends it is
 * closed, and must have asked no other host for anything and complained of
 * nothing; of a failed test a picture is kept in test-results.
 */
export async function visit(options: VisitOptions = {}): Promise<Visit> {
	const { device = "phone", url = demo.url, unread = false, browser: other, ...rest } = options;
	const context = await (other ?? (await browser())).newContext({
		baseURL: url,
		locale: "ne-NP",
		timezoneId: "Asia/Kathmandu",
		...devices[device],
		...rest,
	});
	context.setDefaultTimeout(patience);
	if (!unread) await context.addInitScript(asRead);
	const own = new URL(url).host;
	const seen: Visit = { context, page: undefined as never, strangers: [], complaints: [] };
	context.on("request", (request) => {
		const to = new URL(request.url());
		if (/^https?:$/.test(to.protocol) && to.host !== own && !request.url().startsWith(neutral)) {
			seen.strangers.push(request.url());
		}
	});
	context.on("response", (response) => {
		const { pathname, host } = new URL(response.url());
		const missing = response.status() >= 400 && !pathname.startsWith("/api/") && host === own;
		if (missing && response.request().resourceType() !== "document") {
			seen.complaints.push(`${response.status()} ${pathname}`);
		}
	});
	context.on("console", (message) => {
		// A refusal by the API is an answer; what is missing is noted above.
		if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
		seen.complaints.push(message.text());
	});
	context.on("weberror", (error) => seen.complaints.push(String(error.error())));
	seen.page = await context.newPage();
	onTestFinished(async ({ task }) => {
		if (task.result?.state === "fail") await keepPicture(seen.page, task.name);
		// A page that is just being loaded may keep its profile from closing; the browser is ended anyway.
		await Promise.race([context.close(), setTimeout(patience)]);
		expect(seen.strangers, "requests to other hosts").toEqual([]);
		expect(seen.complaints, "complaints of the browser").toEqual([]);
	});
	return seen;
}

/** asRead marks a page of hers as one before which she has read what leaving does. */
export function asRead(): void {
	const asks = ["/", "/join", "/talk", "/answer"].includes(location.pathname);
	if (location.protocol === "http:" && !asks && history.state === null) {
		history.replaceState({ read: true }, "");
	}
}

async function keepPicture(page: Page, name: string): Promise<void> {
	const folder = join(import.meta.dirname, "../../test-results");
	await mkdir(folder, { recursive: true });
	const file = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}-${Date.now()}.png`;
	await page.screenshot({ path: join(folder, file), timeout: 10_000 }).catch(() => undefined);
}

/** The first organisation of the demo, and the one that only shows that there are walls. */
export const organisations = { first: "Pipalbot", second: "Nadi Kinar", supporting: "Redd Barna" } as const;

/** The way in of a role in the demo: in the first organisation that has it, or in the one named. */
export function signInOf(role: string, organisation?: string): SignIn {
	const found = demo.signIns.find(
		(one) => one.role === role && (!organisation || one.organisation === organisation),
	);
	if (!found) throw new Error(`the demo has no ${role}`);
	return found;
}

type State = Exclude<BrowserContextOptions["storageState"], string | undefined>;
const states = new Map<string, { state: Promise<State>; at: number }>();
// What she proved by signing in counts for ten minutes; a test takes less than the other half.
const asGoodAsNew = 5 * 60_000;

/**
 * visitAs opens a profile that has signed in a short while ago, at the door of
 * her organisation. The session is shared by all who ask for the role, so a test
 * that ends it, or gives it another cookie by a proof, signs in by itself instead.
 */
export async function visitAs(
	role: string,
	{ organisation, ...options }: VisitOptions & { organisation?: string } = {},
): Promise<Visit> {
	const storageState = await stateOfRole(role, organisation);
	return visit({ storageState, url: signInOf(role, organisation).address, ...options });
}

/** stateOfRole is what a profile holds that is signed in as somebody of the demo. */
export function stateOfRole(role: string, organisation?: string): Promise<State> {
	const who = signInOf(role, organisation);
	const kept = states.get(who.handle);
	if (kept && Date.now() - kept.at < asGoodAsNew) return kept.state;
	const state = stateOf(who);
	states.set(who.handle, { state, at: Date.now() });
	state.catch(() => states.delete(who.handle));
	return state;
}

/** stateOf signs somebody in without the page for it. */
export async function stateOf({
	address,
	handle,
	passphrase,
}: Pick<SignIn, "address" | "handle" | "passphrase">): Promise<State> {
	const context = await (await browser()).newContext({ baseURL: address });
	const page = await context.newPage();
	await page.goto("/safe");
	const status = await page.evaluate(
		async (body) =>
			(await fetch("/api/session", { method: "POST", headers: { "Content-Type": "application/json" }, body }))
				.status,
		JSON.stringify({ handle, passphrase }),
	);
	expect(status, `signing in at ${address}`).toBe(200);
	const state = await context.storageState();
	await context.close();
	return state;
}

/** The session cookie as a browser would send it, to try it from outside. */
export async function cookieOf({ context }: Visit): Promise<string> {
	return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** What the server says to an old cookie. */
export async function statusOf(cookie: string): Promise<number> {
	return (await fetch(`${demo.url}/api/session`, { headers: { Cookie: cookie } })).status;
}
