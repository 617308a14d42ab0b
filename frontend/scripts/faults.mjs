// Writes src/words.gen/faults.ts: the map from fault code to message function,
// made from every message whose key starts with "fault.".
import { readFileSync, writeFileSync } from "node:fs";

const words = JSON.parse(readFileSync(new URL("../messages/ne.json", import.meta.url), "utf8"));
const codes = Object.keys(words)
	.filter((key) => key.startsWith("fault."))
	.map((key) => key.slice("fault.".length))
	.sort();

const lines = codes.map((code) => `\t${JSON.stringify(code)}: m[${JSON.stringify(`fault.${code}`)}],`);
writeFileSync(
	new URL("../src/words.gen/faults.ts", import.meta.url),
	`import { m } from "./messages.js";

type Say = (params: Record<string, unknown>) => string;

export const faults = {
${lines.join("\n")}
} as unknown as Record<string, Say | undefined>;
`,
);
