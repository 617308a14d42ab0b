import { expect, test } from "vitest";
import { speakUp } from "./harness/talk.ts";
import { neutral, visit } from "./harness/visit.ts";
import { m } from "./harness/words.ts";

test.each(["the button", "the Shift key"])(
	"%s leaves an unsaved receipt at once and asks nothing",
	async (way) => {
		const { page } = await visit();
		const asked: string[] = [];
		page.on("dialog", (dialog) => {
			asked.push(dialog.type());
			void dialog.accept();
		});
		await page.goto("/talk");
		await speakUp(page, { about: m["talk.cat7"](), text: "तालिमको समय मिलेन।" });
		if (way === "the button") await page.locator("a.exit").click();
		else for (let times = 0; times < 3; times++) await page.keyboard.press("Shift");
		await page.waitForURL(neutral);
		expect(asked).toEqual([]);
	},
);
