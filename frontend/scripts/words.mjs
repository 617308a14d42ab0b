// Checks the words: every language has the same messages with the same
// placeholders, in composed form and without banned words on a member's screen;
// and every fault code of the server has words. Pages name messages by whole keys.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const languages = ["ne", "en", "nb"];
const load = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const words = Object.fromEntries(languages.map((l) => [l, load(`../messages/${l}.json`)]));
const faults = [];

const textOf = (message) => (typeof message === "string" ? [message] : Object.values(message[0].match));
const placeholders = (message) =>
	[...new Set(textOf(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1])))]
		.sort()
		.join();

const keys = new Set(languages.flatMap((l) => Object.keys(words[l])));
for (const key of keys) {
	const said = languages.filter((l) => key in words[l]);
	if (said.length < languages.length) {
		faults.push(`${key}: missing in ${languages.filter((l) => !said.includes(l)).join(", ")}`);
		continue;
	}
	if (new Set(languages.map((l) => placeholders(words[l][key]))).size > 1)
		faults.push(`${key}: the placeholders differ between the languages`);
	for (const l of languages) {
		for (const text of textOf(words[l][key])) {
			if (!text.trim()) faults.push(`${key}: empty in ${l}`);
			if (text !== text.normalize("NFC")) faults.push(`${key}: not composed (NFC) in ${l}`);
			if (/[\u200b-\u200d]/.test(text)) faults.push(`${key}: zero-width character in ${l}`);
			if (/[0-9०-९]/.test(text)) faults.push(`${key}: a digit stands in the text in ${l}; use a placeholder`);
		}
	}
}

// The words of a member's pages never name why anybody might be there.
const banned = {
	ne: /पीडित|उत्तरजीवी|बेचबिखन|केस|उद्धार|शोषण|मुद्दा/,
	en: /\b(victim|survivor|traffick\w*|case|rescue\w*)\b/i,
	nb: /\b(offer|overlevende|menneskehandel|sak)\b/i,
};
for (const l of languages) {
	for (const [key, message] of Object.entries(words[l])) {
		if (textOf(message).some((text) => banned[l].test(text))) faults.push(`${key}: a banned word in ${l}`);
	}
}

// A key that is put together while running would bring every message along.
const sources = readdirSync(new URL("../src/", import.meta.url), { recursive: true, encoding: "utf8" });
for (const file of sources.filter((name) => /\.tsx?$/.test(name) && !name.startsWith("words.gen"))) {
	const code = readFileSync(new URL(`../src/${file}`, import.meta.url), "utf8");
	if (/\bm\[(?!")/.test(code)) faults.push(`src/${file}: name the message by its whole key, m["…"]`);
}

const golden = new URL("../../models/fault/codes.golden.json", import.meta.url);
if (existsSync(golden)) {
	const listed = JSON.parse(readFileSync(golden, "utf8"));
	const codes = Array.isArray(listed) ? listed : (listed.codes ?? Object.keys(listed));
	for (const code of codes) {
		const name = typeof code === "string" ? code : code.code;
		if (!(`fault.${name}` in words.ne)) faults.push(`fault.${name}: no words for this code`);
	}
}

for (const fault of faults) console.error(fault);
console.log(`${keys.size} messages in ${languages.length} languages, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
