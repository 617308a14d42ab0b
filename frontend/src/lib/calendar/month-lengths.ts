import { digits, firstYear } from "./table.gen.ts";

export { firstDay, firstYear, forecastFrom } from "./table.gen.ts";

/** Days of each month, by year from `firstYear`. */
export const lengths: readonly (readonly number[])[] = (digits.match(/.{12}/g) ?? []).map((year) =>
	Array.from(year, (digit) => 29 + Number(digit)),
);

/** The last year of the table. */
export const lastYear = firstYear + lengths.length - 1;
