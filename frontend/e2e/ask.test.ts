import { expect, test } from "vitest";
import { bringIn } from "./harness/register.ts";
import { follow, press, sees, seesHeading, write } from "./harness/steps.ts";
import { visitAs } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

test("from an import she goes on to asking, and from the first yes to where words of her own are had", async () => {
	const who = "सोधिएकी पवित्रा";
	const { page } = await visitAs("coordinator");
	await bringIn(page, ["नाम,फोन,समूह", `${who},9841000661,काठमाडौं`]);
	await follow(page, m["carry.title"]());
	await seesHeading(page, m["carry.title"]());
	await write(page, m["people.search"](), who);
	const print = page.getByRole("button", { name: m["carry.print"](), exact: true });
	const row = page.getByRole("button", { name: `${m["carry.begin"]()} ${who}`, exact: true });
	await row.waitFor();
	expect((await print.boundingBox())?.y).toBeLessThan((await row.boundingBox())?.y ?? 0);
	await row.click();
	await page.locator("label.tick").first().click();
	await press(page, m["carry.keepYes"]());
	await sees(page, m["carry.done.member"]({ name: who }));
	await sees(page, m["carry.done.handle"]({ name: who }));
	await press(page, m["carry.done.sheet"]());
	await seesHeading(page, who);
	await page.getByRole("button", { name: m["people.lost.help"](), exact: true }).waitFor();
});
