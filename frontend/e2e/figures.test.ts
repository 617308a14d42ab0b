import { expect, test } from "vitest";
import { lastQuarters, quarterWords } from "../src/figures/quarter.ts";
import { dayInNepal } from "../src/lib/calendar/index.ts";
import { read, statusAt } from "./harness/ask.ts";
import { inDialog, press, sees, seesHeading } from "./harness/steps.ts";
import { organisations, visitAs } from "./harness/visit.ts";
import { inLanguage, m, number } from "./harness/words.ts";

const norwegian = { device: "laptop", locale: "nb-NO", timezoneId: "Europe/Oslo" } as const;

interface Cell {
	value: number | null;
	hidden: boolean;
}
interface Result {
	tables: { key: string; total: Cell; rows: { key: string; cell: Cell }[] }[];
}
interface Row {
	id: string;
	organisation: { en: string };
	quarter: string;
}

test("the liaison reads in Norwegian what was released, small numbers hatched, and finds nothing else", () =>
	inLanguage("nb", async () => {
		const { page } = await visitAs("liaison", norwegian);
		await page.goto("/");
		await page.waitForURL(/\/figures$/);
		await press(page, m["exit.understood"]());
		await seesHeading(page, m["nav.results"]());
		const { items } = await read<{ items: Row[] }>(page, "/api/results");
		const latest = items.find(({ organisation }) => organisation.en === organisations.first);
		if (!latest) throw new Error("nothing is released");
		await page
			.locator("li.row")
			.filter({ hasText: organisations.first })
			.filter({ hasText: quarterWords(latest.quarter) })
			.getByRole("button")
			.click();
		await seesHeading(page, `${organisations.first}, ${quarterWords(latest.quarter)}`);

		const { tables } = await read<Result>(page, `/api/results/${latest.id}`);
		const cells = tables.flatMap(({ total, rows }) => [total, ...rows.map(({ cell }) => cell)]);
		for (const { value, hidden } of cells) {
			expect(hidden ? value : (value ?? -1) % 5, "hidden, or rounded to five").toBe(hidden ? null : 0);
			expect(value === null || value === 0 || value >= 10, `a small number: ${value}`).toBe(true);
		}
		const members = tables.find(({ key }) => key === "members");
		await sees(page, m["fig.say.members"]({ count: String(number(members?.total.value ?? 0)) }));
		expect(cells.some(({ hidden }) => hidden)).toBe(true);
		const hatched = page.locator(".hid").first();
		await hatched.waitFor();
		expect(await hatched.evaluate((cell) => getComputedStyle(cell).backgroundImage)).toContain("gradient");
		await page.getByText(m["fig.hidden"](), { exact: true }).first().waitFor();
		await page.locator("details summary").click();
		await sees(page, m["fig.def.who"]());

		const ways = await page
			.locator("nav a")
			.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
		expect(ways, "ways to other pages").toEqual(["/figures", "/ties", "/mine"]);
		for (const path of [
			"/home",
			"/today",
			"/week",
			"/people",
			"/list",
			"/courses",
			"/matters",
			"/release",
			"/asks",
			"/log",
		]) {
			await page.goto(path);
			await page.waitForURL(/\/figures$/);
		}
		for (const path of [
			"members",
			"desk",
			"courses",
			"intakes",
			"enrolments",
			"grievances",
			"releases",
			"register-imports",
			"support/slots",
			"support/sessions",
			"support/week?from=2026-11-22",
		]) {
			expect(await statusAt(page, `/api/${path}`), path).toBe(404);
		}
	}));

test("one drafts a quarter's figures and another releases them, never the same", async () => {
	const drafter = (await visitAs("coordinator", { device: "laptop" })).page;
	await drafter.goto("/release");
	await seesHeading(drafter, m["fig.rel.title"]());
	let quarter = "";
	for (const one of lastQuarters(dayInNepal(Date.now()), 8)) {
		const { state } = await read<{ state: string }>(drafter, `/api/releases/draft?quarter=${one}`);
		if (!quarter && state === "undrafted") quarter = one;
	}
	await drafter.getByLabel(m["fig.rel.which"](), { exact: true }).selectOption(quarter);
	await seesHeading(drafter, quarterWords(quarter));
	await press(drafter, m["fig.rel.draft"]());
	await sees(drafter, m["fig.rel.kept"]());
	await sees(drafter, m["fig.rel.mine"]());
	expect(await drafter.getByRole("button", { name: m["fig.release"](), exact: true }).count()).toBe(0);

	const board = (await visitAs("board", { device: "laptop" })).page;
	await board.goto("/release");
	await board.locator("li.row").filter({ hasText: m["fig.rel.drafted"]() }).getByRole("button").click();
	await seesHeading(board, quarterWords(quarter));
	await press(board, m["fig.release"]());
	await sees(board, m["fig.rel.ask.what"]());
	await inDialog(board, m["fig.release"]());
	await sees(board, m["fig.rel.done"]());

	const liaison = (await visitAs("liaison", norwegian)).page;
	await liaison.goto("/figures");
	await inLanguage("nb", () => sees(liaison, quarterWords(quarter)));
});
