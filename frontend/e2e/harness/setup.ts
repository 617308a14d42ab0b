import type { TestProject } from "vitest/node";
import { chromium, launching } from "./chromium.ts";
import { startNeutral } from "./neutral.ts";
import { type SignIn, startServer } from "./server.ts";

declare module "vitest" {
	export interface ProvidedContext {
		demo: { url: string; signIns: SignIn[] };
		neutral: string;
		browser: string;
	}
}

/** One demo, one neutral site and one browser for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const neutral = await startNeutral();
	const demo = await startServer("demo", neutral.url);
	const browser = await chromium.launchServer(launching);
	project.provide("demo", { url: demo.url, signIns: demo.signIns });
	project.provide("neutral", neutral.url);
	project.provide("browser", browser.wsEndpoint());
	return async () => {
		await browser.close();
		await demo.stop();
		neutral.stop();
	};
}
