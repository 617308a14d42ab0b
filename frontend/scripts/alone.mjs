import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

// The pages that a phone may keep: those of a member and of whoever comes to the
// door. Nobody's work with others' records is among them.
const pages = [
	"/",
	"/in",
	"/again",
	"/join",
	"/talk",
	"/answer",
	"/home",
	"/meet",
	"/learn",
	"/hours",
	"/mine",
];

/**
 * alone builds what must be one file by itself beside the application: the
 * script of the plain pages, whose name it adds to ahead.json, and the worker,
 * into which it writes the fixed list of what may be kept, with the SHA-256 of
 * each file.
 */
export function alone() {
	let root = "";
	let folder = "";
	return {
		name: "alone",
		apply: "build",
		configResolved: (config) => {
			root = config.root;
			folder = join(root, config.build.outDir);
		},
		writeBundle: async (_, bundle) => {
			const read = (name) => readFileSync(join(folder, name));
			const plain = await oneFile(root, "src/plain.ts");
			const plainName = `assets/${createHash("sha256").update(plain).digest("hex").slice(0, 8)}.js`;
			writeFileSync(join(folder, plainName), plain);

			const ahead = JSON.parse(read("ahead.json"));
			const first = Object.values(bundle).filter((part) => part.isEntry || part.fileName.endsWith(".css"));
			const names = new Set(first.map((part) => part.fileName));
			for (const name of names) for (const next of bundle[name]?.imports ?? []) names.add(next);
			for (const page of pages) for (const name of ahead[page] ?? []) names.add(name);
			const hash = (name) => `sha256-${createHash("sha256").update(read(name)).digest("base64")}`;
			const files = [["/", hash("index.html")], ...[...names].sort().map((name) => [`/${name}`, hash(name)])];
			const list = JSON.stringify(files);
			const worker = await oneFile(root, "src/lib/keep/worker.ts", {
				KEPT_FILES: list,
				KEPT_PAGES: JSON.stringify(pages),
				KEPT_NAME: JSON.stringify(createHash("sha256").update(list).digest("hex").slice(0, 12)),
			});
			writeFileSync(join(folder, "worker.js"), worker);
			writeFileSync(join(folder, "worker-off.js"), await oneFile(root, "src/lib/keep/off.ts"));
			writeFileSync(join(folder, "ahead.json"), JSON.stringify({ ...ahead, plain: [plainName] }));
		},
	};
}

/** oneFile builds a source with all that it imports into one text. */
async function oneFile(root, input, define = {}) {
	const { output } = await build({
		configFile: false,
		root,
		define,
		logLevel: "error",
		publicDir: false,
		build: {
			target: "es2022",
			write: false,
			modulePreload: false,
			rollupOptions: { input: join(root, input), output: { format: "es", codeSplitting: false } },
		},
	});
	if (output.length !== 1) throw new Error(`${input} is more than one file`);
	return output[0].code;
}
