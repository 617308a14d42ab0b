import { defineConfig } from "vitest/config";

// One browser, one server, one test at a time: what a test needs of the demo is
// left as it was found. A slow machine gets long waits, an idle one none.
export default defineConfig({
	test: {
		root: import.meta.dirname,
		include: ["*.test.ts"],
		environment: "node",
		globalSetup: "harness/setup.ts",
		fileParallelism: false,
		isolate: false,
		server: { deps: { external: [/words\.gen\/.*\.js$/] } },
		testTimeout: 180_000,
		hookTimeout: 180_000,
		teardownTimeout: 60_000,
		reporters: ["verbose"],
	},
});
