import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { bringIn } from "./harness/register.ts";
import { press, sees, tick, write } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

const zones = ["UTC", "Europe/Oslo", "America/Los_Angeles", "Asia/Tokyo"];
const born = "1988-05-28";

/** What the server holds, without the page between. */
async function birthOf(page: Page, name: string): Promise<unknown> {
	return page.evaluate(async (q) => {
		const found = await (await fetch(`/api/members?q=${encodeURIComponent(q)}`)).json();
		return (await (await fetch(`/api/members/${found.items[0].id}`)).json()).birth;
	}, name);
}

test("a birth shows the same day in every zone, and saving it unchanged changes nothing", async () => {
	const { page } = await visitAs("coordinator", { device: "laptop" });
	await bringIn(page, ["नाम,फोन,जन्म मिति (वि.सं.),समूह", "तारा दिनकर,9841000551,2045-02-15,काठमाडौं"]);
	for (const timezoneId of zones) {
		const there = (await visitAs("coordinator", { device: "laptop", timezoneId })).page;
		await there.goto("/people");
		await write(there, m["people.search"](), "Tara Dinkar");
		await there.getByRole("button", { name: "तारा दिनकर" }).click();
		const person = there.getByRole("complementary");
		await person.getByText("२०४५ जेठ १५").waitFor();
		await person.getByText("१९८८ मे २८").waitFor();

		await press(there, m["do.correct"]());
		await press(there, m["do.keep"]());
		await sees(there, m["correct.nothing"]());
		for (const [calendar, day] of [
			[m["birth.ad"](), "28"],
			[m["birth.bs"](), "15"],
		] as const) {
			await tick(there, calendar);
			const chosen = there.getByLabel(m["birth.dayOf"](), { exact: true });
			await expect.poll(() => chosen.inputValue(), { message: timezoneId }).toBe(day);
		}
		await write(there, m["mine.field.phone"](), `98410005${61 + zones.indexOf(timezoneId)}`);
		await press(there, m["do.keep"]());
		await sees(there, m["correct.kept"]());
		expect(await birthOf(there, "तारा दिनकर"), timezoneId).toEqual({ precision: "day", day: born });
	}
});

test("a birth of which only the year is known stays a year, and an unknown one unknown", async () => {
	const { page } = await visitAs("coordinator", { device: "laptop" });
	await bringIn(page, ["नाम,जन्म मिति (वि.सं.),समूह", "मीना सालकी,2045,काठमाडौं", "मीना नजानिएकी,,काठमाडौं"]);
	expect(await birthOf(page, "मीना सालकी")).toEqual({ precision: "year", bsYear: 2045 });
	expect(await birthOf(page, "मीना नजानिएकी")).toEqual({ precision: "unknown" });
	await page.goto("/people");
	await write(page, m["people.search"](), "मीना सालकी");
	await page.getByRole("button", { name: "मीना सालकी" }).click();
	await sees(page, m["people.birthYear"]({ year: "२०४५" }));
	await press(page, m["do.correct"]());
	await press(page, m["do.keep"]());
	await sees(page, m["correct.nothing"]());
});
