import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const texts = /\.(?:js|css|html|svg|webmanifest|json)$/;
// Shorter files fit into one packet as they are.
const worthwhile = 1024;

/**
 * compressed lays a .br and a .gz beside each text of the build, which the
 * server then sends as they are: no time is spent on it while a phone waits.
 */
export function compressed() {
	let folder = "";
	return {
		name: "compressed",
		apply: "build",
		configResolved: (config) => {
			folder = join(config.root, config.build.outDir);
		},
		closeBundle: () => {
			for (const name of readdirSync(folder, { recursive: true })) {
				if (!texts.test(name)) continue;
				const file = join(folder, name);
				const plain = readFileSync(file);
				if (plain.length < worthwhile) continue;
				writeFileSync(
					`${file}.br`,
					brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
				);
				writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
			}
		},
	};
}
