import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";
import { ahead } from "./scripts/ahead.mjs";
import { alone } from "./scripts/alone.mjs";
import { compressed } from "./scripts/compressed.mjs";

// File names are hashes alone: a cache listing or a history entry must not tell
// which page was opened. Nothing is inlined, since the content policy allows
// only files of our own origin.
export default defineConfig({
	plugins: [preact(), ahead(), alone(), compressed()],
	server: {
		// What the server answers itself. The host name stays as it was asked for:
		// it says whose organisation is meant.
		proxy: {
			"^/(api/|(exit|safe|say|back)(/|[?]|$)|plain[.]css|worker[.]js)": {
				target: `http://127.0.0.1:${process.env.PORT ?? 8080}`,
				changeOrigin: false,
			},
		},
	},
	build: {
		target: "es2022",
		assetsInlineLimit: 0,
		cssCodeSplit: false,
		modulePreload: { polyfill: false },
		rollupOptions: {
			output: {
				entryFileNames: "assets/[hash].js",
				chunkFileNames: "assets/[hash].js",
				assetFileNames: "assets/[hash][extname]",
				// What pages share lies in few files: each costs as much in headers as a
				// kilobyte of program, and a slow phone's time. What four pages share is
				// one file; three would have her fetch what hers doesn't need.
				codeSplitting: {
					groups: [
						{ name: "first", tags: ["$initial"], priority: 2 },
						{ name: "common", minShareCount: 4, priority: 1 },
						{ name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 12_000 },
					],
				},
			},
		},
	},
	test: { include: ["src/**/*.test.ts"], environment: "node" },
});
