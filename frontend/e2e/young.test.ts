import { expect, test } from "vitest";
import { ask } from "./harness/ask.ts";
import { inspect } from "./harness/inspect.ts";
import { press, registering, sees, seesHeading, tick } from "./harness/steps.ts";
import { visit, visitAs } from "./harness/visit.ts";
import { m, number } from "./harness/words.ts";

const name = "कोपिलाबोट";
const listed = async () => {
	const path = `/api/members?q=${encodeURIComponent(name)}`;
	return (await ask<{ items: unknown[] }>({ path, as: "coordinator" })).items.length;
};

test("who says that she is younger is known to those who protect alone, until they decide with her", async () => {
	const { page } = await visit();
	await registering(page, { alias: name, group: "कास्की", age: m["join.age.younger"]() });
	await page.locator("label.pick").first().click();
	await press(page, m["do.send"]());
	await seesHeading(page, m["join.done.title"]());
	expect(await page.getByText(m["join.age.younger"]()).count(), "it is not on the page any more").toBe(0);
	expect(await listed(), "in the coordinator's list").toBe(0);

	const { page: focal } = await visitAs("focalPoint", { device: "laptop" });
	await focal.goto("/today");
	await focal.locator('a[href="/ask"]').first().click();
	await seesHeading(focal, m["carry.young"]({ age: number(18) }));
	const row = focal.getByRole("row").filter({ hasText: name });
	await row.getByText(m["carry.state.applied"]()).waitFor();
	expect(await inspect(focal, { nepali: false }), "those under 18").toEqual([]);
	await row.getByRole("button").click();
	await seesHeading(focal, name);
	await press(focal, m["carry.decide.keep"]());
	await sees(focal, m["carry.decide.choose"]());
	await tick(focal, m["carry.decide.yes"]());
	await tick(focal, m["carry.decide.own"]());
	await tick(focal, m["consent.young.guardian"]());
	await tick(focal, m["carry.decide.listed.yes"]());
	expect(await inspect(focal, { nepali: false }), "deciding on one of them").toEqual([]);
	await press(focal, m["carry.decide.keep"]());
	await sees(focal, m["carry.done.decided"]());
	await row.getByText(m["carry.state.listed"]()).waitFor();
	expect(await listed(), "in the coordinator's list once it was decided").toBe(1);
});
