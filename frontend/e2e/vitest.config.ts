import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// Two tests at a time where there are two cores, each with a browser and a demo of
// its own. In a demo one test runs after the other, and what it needs of it is left
// as it was found. A slow machine gets long waits, an idle one none.
export default defineConfig({
	test: {
		root: import.meta.dirname,
		include: ["*.test.ts"],
		environment: "node",
		globalSetup: "harness/setup.ts",
		maxWorkers: Math.min(2, availableParallelism()),
		isolate: false,
		server: { deps: { external: [/words\.gen\/.*\.js$/] } },
		testTimeout: 600_000,
		hookTimeout: 180_000,
		teardownTimeout: 60_000,
		// What is looked at again and again is given as long as what a browser waits for; by itself it is one second.
		expect: { poll: { timeout: Number(process.env.PATIENCE ?? 60_000) } },
		reporters: ["verbose"],
	},
});
