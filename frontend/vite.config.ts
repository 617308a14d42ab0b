import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

// File names are hashes alone: a cache listing or a history entry must not tell
// which page was opened. Nothing is inlined, since the content policy allows
// only files of our own origin.
export default defineConfig({
	plugins: [preact()],
	server: {
		proxy: {
			"/api": "http://127.0.0.1:8080",
			"/exit": "http://127.0.0.1:8080",
			"/safe": "http://127.0.0.1:8080",
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
			},
		},
	},
	test: { include: ["src/**/*.test.ts"], environment: "node" },
});
