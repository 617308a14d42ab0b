import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { chromium, launching } from "./chromium.ts";
import { asRead, demo } from "./visit.ts";

export interface Found {
	/** How many files were looked through. */
	files: number;
	/** Paths of ours that stand in the browser's own list of opened pages. */
	addresses: string[];
	/** What was found that shouldn't be there, each with the file that holds it. */
	holding: string[];
}

/**
 * withProfile runs a visit in a browser of its own that keeps its folder as a
 * phone does, closes it, and looks through every file for texts, in each way in
 * which a browser writes them.
 */
export async function withProfile(
	visit: (page: Page) => Promise<void>,
	texts: () => string[],
): Promise<Found> {
	const folder = await mkdtemp(join(tmpdir(), "profile-"));
	try {
		const context = await chromium.launchPersistentContext(folder, {
			...launching,
			baseURL: demo.url,
			locale: "ne-NP",
			timezoneId: "Asia/Kathmandu",
			viewport: { width: 360, height: 740 },
		});
		context.setDefaultTimeout(60_000);
		await context.addInitScript(asRead);
		try {
			await visit(await context.newPage());
		} finally {
			await context.close();
		}
		return await lookThrough(folder, texts());
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function lookThrough(folder: string, texts: string[]): Promise<Found> {
	const found: Found = { files: 0, addresses: [], holding: [] };
	const written = texts
		.filter(Boolean)
		.flatMap((text) => waysToWrite(text).map((bytes) => ({ text, bytes })));
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const bytes = await readFile(join(entry.parentPath, entry.name));
		found.files++;
		for (const { text, bytes: marker } of written) {
			if (bytes.includes(marker)) found.holding.push(`${text} in ${entry.name}`);
		}
		if (entry.name !== "History") continue;
		const list = bytes.toString("latin1").matchAll(/http:\/\/localhost:\d+(\/[\w/?=&-]*)/g);
		found.addresses.push(...[...list].map(([, path]) => path ?? ""));
	}
	return found;
}

function waysToWrite(text: string): Buffer[] {
	const ways = [
		Buffer.from(text, "utf8"),
		Buffer.from(text, "utf16le"),
		Buffer.from(encodeURIComponent(text)),
		Buffer.from(
			JSON.stringify(text).replace(
				/[^\x20-\x7e]/g,
				(c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
			),
		),
	];
	return ways.filter((way, at) => ways.findIndex((other) => other.equals(way)) === at);
}
