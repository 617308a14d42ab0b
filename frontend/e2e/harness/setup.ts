import type { TestProject } from "vitest/node";
import { startCarrier } from "./carrier.ts";
import { chromium, launching } from "./chromium.ts";
import { startNeutral } from "./neutral.ts";
import { type SignIn, startServer } from "./server.ts";

/** What one worker has to itself: no test sees what another worker's does. */
export interface Place {
	demo: { url: string; signIns: SignIn[] };
	browser: string;
}

declare module "vitest" {
	export interface ProvidedContext {
		/** By the worker's number, of which the first is one. */
		places: Place[];
		neutral: string;
		/** Where it is seen what went to phones. */
		carrier: string;
	}
}

/** One neutral site and one company that carries SMS for all, and for each worker a demo and a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const neutral = await startNeutral();
	const carrier = await startCarrier();
	const begun = Array.from({ length: project.config.maxWorkers }, () =>
		Promise.all([startServer("demo", neutral.url, carrier.settings), chromium.launchServer(launching)]),
	);
	const all = await Promise.all(begun);
	project.provide(
		"places",
		all.map(([{ url, signIns }, browser]) => ({ demo: { url, signIns }, browser: browser.wsEndpoint() })),
	);
	project.provide("neutral", neutral.url);
	project.provide("carrier", carrier.url);
	return async () => {
		await Promise.all(all.flatMap(([demo, browser]) => [browser.close(), demo.stop()]));
		carrier.stop();
		neutral.stop();
	};
}
