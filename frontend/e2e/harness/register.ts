import type { Page } from "playwright-core";
import { press, seesHeading } from "./steps.ts";
import { m, number } from "./words.ts";

/** Opens the page of old registers and gives it a file of these lines. */
export async function bring(page: Page, lines: readonly string[]): Promise<void> {
	await page.goto("/list");
	await seesHeading(page, m["register.title"]());
	await page.locator("input[type=file]").setInputFiles({
		name: "list.csv",
		mimeType: "text/csv",
		buffer: Buffer.from(lines.join("\n"), "utf8"),
	});
	await seesHeading(page, m["import.dry"]());
	await page.locator(".rows > li").first().waitFor();
}

/** bringIn makes everybody on these lines, the first of which are the headings, a member who was carried over. */
export async function bringIn(page: Page, lines: readonly string[]): Promise<void> {
	await bring(page, lines);
	const count = number(lines.length - 1);
	await press(page, m["register.commit"]({ count }));
	await page
		.getByRole("dialog")
		.getByRole("button", { name: m["register.commit"]({ count }) })
		.click();
	await seesHeading(page, m["register.result.in"]({ count }));
}
