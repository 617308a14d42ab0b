import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { inspect } from "./harness/inspect.ts";
import { visitAsNewMember } from "./harness/member.ts";
import { inDialog, press, sees, seesHeading, settled, unfold, write } from "./harness/steps.ts";
import { visit, visitAs } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

const photo = readFileSync(resolve(import.meta.dirname, "../public/icon-192.png"));
const told = (page: Page, title: string) => page.locator("article.card").filter({ hasText: title });

test("what she tells shows when two have read it, its picture with a yes of its own, and is gone when she takes it back", async () => {
	const title = "मेरो बिहानको चिया";
	const { page: she } = await visitAsNewMember("छहारी");
	await she.goto("/read");
	await unfold(she, m["tell.add"]());
	await press(she, m["tell.send"]());
	await sees(she, m["err.required"]());
	await write(she, m["tell.heading"](), title);
	await write(she, m["tell.text"](), "बिहान चिया पकाउँछु।\n\nत्यसपछि दिन सुरु हुन्छ।");
	await press(she, m["tell.send"]());
	await sees(she, m["err.required"]()); // her yes isn't given for her
	await she.locator("details[open] label.pick").last().click();
	await press(she, m["tell.send"]());
	await sees(she, m["tell.sent"]());

	await told(she, title)
		.locator("input[type=file]")
		.setInputFiles({ name: "IMG_20261126_Kathmandu.png", mimeType: "image/png", buffer: photo });
	await sees(she, m["tell.picture.hidden"]());
	await told(she, title).locator("label.pick").last().click();
	await press(she, m["tell.picture.give"]());
	await she.getByText(m["tell.picture.hidden"]()).waitFor({ state: "detached" });
	expect(await inspect(she, { nepali: true, names: ["छहारी"] })).toEqual([]);

	for (const role of ["focalPoint", "board"]) {
		const { page } = await visitAs(role, { device: "laptop" });
		await page.goto("/read");
		await told(page, title).locator("img").waitFor();
		await told(page, title).getByRole("button", { name: m["weigh.accept"]() }).click();
		await sees(page, m["weigh.accepted"]());
	}

	const { page: anybody } = await visit();
	await anybody.goto("/read");
	await told(anybody, title).locator("img").waitFor();
	await expect
		.poll(() =>
			told(anybody, title)
				.locator("img")
				.evaluate((img: HTMLImageElement) => img.naturalWidth),
		)
		.toBe(192);
	expect(await told(anybody, title).textContent(), "no name of hers").not.toContain("छहारी");

	await she.goto("/read");
	await seesHeading(she, m["tell.mine"]());
	await told(she, m["tell.state.shown"]()).getByRole("button", { name: m["tell.withdraw"]() }).click();
	await inDialog(she, m["tell.withdraw"]());
	await sees(she, m["tell.withdrawn"]());
	await anybody.reload();
	await seesHeading(anybody, m["read.title"]());
	await settled(anybody);
	expect(await told(anybody, title).count(), "it is gone").toBe(0);
});
