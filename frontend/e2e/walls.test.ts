import { expect, test } from "vitest";
import { read, statusAt } from "./harness/ask.ts";
import { press, sees, seesHeading, tick, write } from "./harness/steps.ts";
import { organisations, signInOf, stateOfRole, visit, visitAs } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

const second = organisations.second;

interface Listed {
	id: string;
	name: string;
}

test("behind the second host name stands nothing of the first organisation", async () => {
	const theirs = (await visitAs("coordinator", { device: "laptop", organisation: second })).page;
	await theirs.goto("/today");
	await sees(theirs, "मोरङ");
	const ours = (await visitAs("coordinator", { device: "laptop" })).page;
	await ours.goto("/safe");
	const all = async (path: string) => (await read<{ items: Listed[] }>(ours, path)).items;
	const [person] = await all("/api/members");
	const [matter] = await all("/api/grievances");
	const [intake] = await all("/api/intakes");
	const [course] = await all("/api/courses");
	const [release] = await all("/api/releases");
	expect([person, matter, intake, course, release].every(Boolean)).toBe(true);

	for (const path of [`members/${person?.id}`, `grievances/${matter?.id}`, `intakes/${intake?.id}`]) {
		expect([400, 404, 422], path).toContain(await statusAt(theirs, `/api/${path}`));
	}
	for (const path of ["members", "grievances", "intakes", "courses", "releases"]) {
		const known = new Set((await all(`/api/${path}`)).map(({ id }) => id));
		const { items } = await read<{ items: Listed[] }>(theirs, `/api/${path}`);
		expect(
			items.filter(({ id }) => known.has(id)),
			path,
		).toEqual([]);
	}
	await theirs.goto("/people");
	await seesHeading(theirs, m["nav.members"]());
	await theirs.locator("button.whole").first().waitFor();
	await write(theirs, m["people.search"](), "सरिता");
	await sees(theirs, m["people.none"]());
});

test("a way in and a session of one organisation open nothing at the other's door", async () => {
	const { page, context } = await visit({ url: signInOf("coordinator", second).address });
	const { handle, passphrase } = signInOf("coordinator");
	await page.goto("/in");
	await write(page, m["signin.handle"](), handle);
	await write(page, m["signin.words"](), passphrase);
	await press(page, m["signin.title"]());
	await sees(page, faultWords("session.refused"));
	const { cookies } = await stateOfRole("coordinator");
	const { hostname } = new URL(signInOf("coordinator", second).address);
	await context.addCookies(cookies.map((cookie) => ({ ...cookie, domain: hostname })));
	await page.goto("/safe");
	expect(await statusAt(page, "/api/session")).toBe(401);
	await page.goto("/today");
	await page.waitForURL(/\/in$/);
});

test("each door has its own readers", async () => {
	const { page } = await visit({ url: signInOf("coordinator", second).address });
	await page.goto("/talk");
	await press(page, m["exit.understood"]());
	await tick(page, m["talk.cat7"]());
	await sees(page, m["talk.reads"]({ names: `जुनु (${m["role.coordinator"]()})` }));
	expect(await page.locator("main").textContent()).not.toMatch(/सरिता|सगुन|उर्मि/);
});
