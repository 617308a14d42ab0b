import { readFileSync } from "node:fs";

const pages = new URL("../src/shell/pages.tsx", import.meta.url);

/**
 * ahead writes down which files each page address needs beside the first ones,
 * so that the server can name them with the page itself: on a weak line that is
 * one journey less before anything of the page is seen.
 */
export function ahead() {
	return {
		name: "ahead",
		apply: "build",
		generateBundle(_, bundle) {
			const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
			const first = new Set();
			const follow = (name, into) => {
				if (first.has(name) || into.has(name)) return;
				into.add(name);
				for (const next of bundle[name]?.imports ?? []) follow(next, into);
			};
			for (const chunk of chunks.filter((part) => part.isEntry)) follow(chunk.fileName, first);
			const needs = {};
			const written = /"(\/[a-z]+)": \{[^}]*?import\("\.\.\/([^"]+)"\)/g;
			for (const [, address, module] of readFileSync(pages, "utf8").matchAll(written)) {
				const page = chunks.find((part) => part.facadeModuleId?.endsWith(`/src/${module}`));
				if (!page) throw new Error(`no file of the build is the page ${address}`);
				const files = new Set();
				follow(page.fileName, files);
				needs[address] = [...files];
			}
			this.emitFile({ type: "asset", fileName: "ahead.json", source: JSON.stringify(needs) });
		},
	};
}
