import axe from "axe-core";
import type { Page } from "playwright-core";

/** What is asked of every page in every state it can be in. */
export interface Inspection {
	/** Words in Latin letters that may stand on a page in Nepali, besides the allowed ones. */
	names?: readonly string[];
	nepali: boolean;
}

/** inspect lists in words what is wrong with the page as it stands; nothing is changed by it. */
export async function inspect(page: Page, { names = [], nepali }: Inspection): Promise<string[]> {
	const viewport = page.viewportSize() ?? { width: 360, height: 740 };
	const wrong = [...(await barriers(page)), ...(await exitOutOfSight(page))];
	if (nepali) wrong.push(...(await latinWords(page, names)));
	const title = await page.title();
	if (title !== "Chautari" && title !== "चौतारी") wrong.push(`the title is “${title}”`);

	await page.setViewportSize({ width: 320, height: 568 });
	wrong.push(...(await overflow(page, "at 320 px")), ...(await exitOutOfSight(page)));
	await page.setViewportSize({ width: 360, height: 740 });
	await scaleText(page, "200%");
	wrong.push(...(await overflow(page, "with text at 200 %")));
	await scaleText(page, "");
	await page.setViewportSize(viewport);
	return wrong;
}

/** barriers are what axe finds. */
async function barriers(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
	// Colours in the middle of a transition are not those of the page.
	await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
	return page.evaluate(async () => {
		// biome-ignore lint/suspicious/noExplicitAny: axe was put on the page above
		const { violations } = await (globalThis as any).axe.run(document, {
			runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
			// What nobody reads need not be worked out.
			resultTypes: ["violations"],
			selectors: false,
		});
		type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };
		return (violations as Violation[]).map(
			({ id, nodes }) => `axe ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
		);
	});
}

/** The exit is in sight before anything is scrolled, and nothing lies over it or keeps a finger from it. */
async function exitOutOfSight(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		scrollTo(0, 0);
		const reached = [...document.querySelectorAll("a.exit")].some((exit) => {
			const { left, top, right, bottom } = exit.getBoundingClientRect();
			if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return false;
			return document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest("a") === exit;
		});
		return reached ? [] : [`the exit is out of reach at ${innerWidth} px`];
	});
}

/** overflow names what is wider than the screen, if the page can be moved sideways. */
async function overflow(page: Page, when: string): Promise<string[]> {
	return page.evaluate((when) => {
		const root = document.documentElement;
		if (root.scrollWidth <= root.clientWidth) return [];
		const wide = [...document.body.querySelectorAll("*")]
			.filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
			.filter((one) => one.childElementCount === 0)
			.slice(0, 4)
			.map((one) => `${one.tagName}.${one.className} “${one.textContent?.slice(0, 40)}”`);
		return [`${root.scrollWidth - root.clientWidth} px too wide ${when}: ${wide.join(" | ")}`];
	}, when);
}

async function scaleText(page: Page, size: string): Promise<void> {
	await page.evaluate((size) => {
		document.documentElement.style.fontSize = size;
	}, size);
}

// Kinds of files, a key, the browser's own word, the address of this machine.
const known = [
	...["Chautari", "JavaScript", "Shift", "XLSX", "CSV", "UTF", "WINDOWS", "localhost"],
	...["History", "Incognito", "Private", "Google"],
];

/** latinWords are words of another language that were left standing on a page in Nepali. */
async function latinWords(page: Page, names: readonly string[]): Promise<string[]> {
	const found = await page.evaluate(() => {
		const words = new Set<string>();
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) {
			const on = walk.currentNode.parentElement;
			if (!on?.checkVisibility() || on.closest('[lang]:not([lang="ne"]), [translate="no"]')) continue;
			for (const word of walk.currentNode.nodeValue?.match(/[A-Za-z]{2,}/g) ?? []) words.add(word);
		}
		return [...words];
	});
	const allowed = new Set([...known, ...names.flatMap((name) => name.split(/[^A-Za-z]+/))]);
	const left = found.filter((word) => !allowed.has(word));
	return left.length ? [`not in Nepali: ${left.join(", ")}`] : [];
}
