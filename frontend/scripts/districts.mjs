// Writes src/lib/place/districts.gen.ts from the server's own table of places,
// so that a district chosen in the browser is one that the server knows.
import { readFileSync, writeFileSync } from "node:fs";

const { districts, district_fields: fields } = JSON.parse(
	readFileSync(new URL("../../models/place/nepal_admin.json", import.meta.url), "utf8"),
);
const [en, ne] = ["en", "ne"].map((name) => fields.indexOf(name));

writeFileSync(
	new URL("../src/lib/place/districts.gen.ts", import.meta.url),
	`// Made by scripts/districts.mjs from models/place/nepal_admin.json.

/** The 77 districts, by their English and Nepali names. */
export const districts: readonly (readonly [en: string, ne: string])[] = [
${districts.map((row) => `\t[${JSON.stringify(row[en])}, ${JSON.stringify(row[ne])}],`).join("\n")}
];
`,
);
