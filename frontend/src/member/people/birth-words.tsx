import type { Birth } from "../../lib/api/index.ts";
import { m, numerals } from "../../lib/words/index.ts";
import { Day } from "../../ui/day.tsx";

/** BirthWords shows a birth as far as it is known: the day in both calendars, the year alone, or that nobody knows. */
export function BirthWords({ birth }: { birth: Birth }) {
	if (birth.precision === "day" && birth.day) return <Day of={birth.day} />;
	if (birth.precision === "year") {
		return <span class="nb">{m["people.birthYear"]({ year: numerals(String(birth.bsYear)) })}</span>;
	}
	return <span class="soft">{m["people.birthUnknown"]()}</span>;
}
