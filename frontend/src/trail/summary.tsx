import { roleWords } from "../account/index.ts";
import { firstCalendar, writtenMonth } from "../lib/calendar/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Ready } from "../ui/index.ts";
import { findSummary, type Sum } from "./api.ts";
import { Table } from "./table.tsx";
import { linesOf, resultWords } from "./words.ts";

/** Summary is how much was done in each month, by role and kind; small counts are a few. */
export function Summary() {
	const summary = useLoad<Sum[]>(findSummary);
	return (
		<Ready of={summary}>
			{(sums) =>
				sums.length === 0 ? (
					<p class="soft">{m["log.summary.none"]()}</p>
				) : (
					<Table
						rows={linesOf(sums)}
						columns={[
							{ head: m["log.when"](), cell: (line) => <Month of={line.month} /> },
							{ head: m["log.who"](), cell: (line) => roleWords(line.role) },
							{ head: m["log.what"](), cell: (line) => <b>{line.what}</b> },
							{ head: m["log.how"](), cell: (line) => resultWords(line.result) },
							{
								head: m["log.count"](),
								cell: (line) => (line.count > 0 ? number(line.count).toString() : m["log.few"]()),
								figure: true,
							},
						]}
					/>
				)
			}
		</Ready>
	);
}

/** Month shows a Gregorian month in both calendars, the one of the language first and the other small. */
function Month({ of }: { of: string }) {
	return (
		<>
			<b>{writtenMonth(of)}</b> <small>{writtenMonth(of, firstCalendar() === "bs" ? "ad" : "bs")}</small>
		</>
	);
}
