// Writes src/lib/calendar/table.gen.ts from the server's own table of month
// lengths, so that browser and server can never disagree about a day.
import { readFileSync, writeFileSync } from "node:fs";

const rows = readFileSync(new URL("../../models/calendar/bs_month_lengths.csv", import.meta.url), "utf8")
	.trim()
	.split("\n")
	.slice(1)
	.map((line) => line.split(","));

rows.forEach((row, i) => {
	if (Number(row[0]) !== Number(rows[0][0]) + i) throw new Error(`the table skips a year before ${row[0]}`);
});
const years = rows.map((row) =>
	row
		.slice(1, 13)
		.map((days) => {
			if (!/^(29|3[0-2])$/.test(days)) throw new Error(`month length ${days} in ${row[0]}`);
			return Number(days) - 29;
		})
		.join(""),
);

writeFileSync(
	new URL("../src/lib/calendar/table.gen.ts", import.meta.url),
	`// Made by scripts/calendar.mjs from models/calendar/bs_month_lengths.csv.

/** The first year of the table, and the Gregorian day on which it begins. */
export const firstYear = ${rows[0][0]};
export const firstDay = ${JSON.stringify(rows[0][15])};

/** From this year on no almanac is out yet: the lengths are computed and a day may still move by one. */
export const forecastFrom = ${rows.find((row) => row[14].startsWith("forecast"))?.[0] ?? Number(rows.at(-1)[0]) + 1};

/** Twelve digits a year: the days of each month, less 29. */
export const digits =
	${JSON.stringify(years.join(""))};
`,
);
