// Holds the first load of the start page to its budget, in brotli bytes: the
// scripts and style sheets that index.html names, and what those scripts import
// at once. Also prints what each later page adds.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const budget = { js: 40 * 1024, css: 14 * 1024, html: 4 * 1024 };
const dist = new URL("../dist/", import.meta.url);
const read = (name) => readFileSync(new URL(name, dist));
const weigh = (name) => brotliCompressSync(read(name)).length;

const html = read("index.html").toString();
const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
const first = new Set();
function take(name) {
	if (first.has(name)) return;
	first.add(name);
	if (!name.endsWith(".js")) return;
	for (const [, file] of read(name)
		.toString()
		.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g))
		take(`assets/${file}`);
}
named.forEach(take);

const sum = (kind) =>
	[...first].filter((name) => name.endsWith(`.${kind}`)).reduce((total, name) => total + weigh(name), 0);
const loads = { js: sum("js"), css: sum("css"), html: weigh("index.html") };

const names = readdirSync(new URL("assets/", dist)).filter((name) => !/\.(?:br|gz)$/.test(name));
for (const name of names.sort()) {
	const file = `assets/${name}`;
	console.log(`${first.has(file) ? "first" : "later"}  ${String(weigh(file)).padStart(6)}  ${file}`);
}
let over = false;
for (const [kind, bytes] of Object.entries(loads)) {
	const fits = bytes <= budget[kind];
	over ||= !fits;
	console.log(`${fits ? "ok  " : "OVER"}  first load ${kind}: ${bytes} of ${budget[kind]} bytes`);
}
process.exit(over ? 1 : 0);
