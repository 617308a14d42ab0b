import type { Page } from "playwright-core";
import { expect } from "vitest";
import { inspect } from "./inspect.ts";
import type { VisitOptions } from "./visit.ts";
import { inLanguage, type Language, ownName } from "./words.ts";

// Every page, in each of its main states, in two languages and sizes: no
// barrier, nothing too wide, the exit in sight, and in Nepali nothing but Nepali.

export interface Stop {
	name: string;
	/** Brings the page there from the stop before. */
	go: (page: Page) => Promise<unknown>;
}

/** Whoever lives on a phone, and whoever works at a table; in English it is the other way round. */
export type Seat = "phone" | "table";
export const spoken = ["ne", "en"] as const;

const speakers = {
	ne: {},
	en: { locale: "en-GB", timezoneId: "Europe/Oslo" },
} satisfies Record<(typeof spoken)[number], VisitOptions>;

/** seated is how a profile is opened for one of the two languages. */
export function seated(language: (typeof spoken)[number], seat: Seat): VisitOptions {
	const small = (seat === "phone") === (language === "ne");
	return { ...speakers[language], device: small ? "small" : "laptop" };
}

// Names that are written in Latin letters: of the demo, of organisations, of languages.
const names = [
	"Asha Bhangeri Danfe Himali Indreni Jureli Junkiri Kande Kaski ko Maya Kopila Lahana Makhamali Munal",
	"Nauli Pari Phulmaya Purnima Resham Sarangi Sayapatri Shital Sunaulo Tara bahini",
	"Redd Barna CHS Alliance chsalliance.org English Norsk",
];

/** One page, and where it goes. */
export type Route = readonly [page: Page, stops: readonly Stop[]];

/** walk goes from stop to stop, on several pages at once, and tells of each stop what is wrong with it. */
export function walk(language: Language, routes: readonly Route[]): Promise<void> {
	return inLanguage(language, async () => {
		const wrong: Record<string, string[]> = {};
		const alone = async ([page, stops]: Route) => {
			for (const { name, go } of stops) {
				await go(page);
				const found = await inspect(page, { nepali: language === "ne", names });
				if (found.length) wrong[name] = found;
			}
		};
		await Promise.all(routes.map(alone));
		expect(wrong).toEqual({});
	});
}

/** speak chooses the language at the foot of a page that has turned to the one she joined in. */
export async function speak(page: Page, language: Language): Promise<void> {
	await page.getByRole("button", { name: ownName[language], exact: true }).click();
	await page.locator(`html[lang="${language}"]`).waitFor();
}
