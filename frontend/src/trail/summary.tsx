import { roleWords } from "../account/roles.ts";
import { useLoad } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Ready } from "../ui/index.ts";
import { findSummary, type Sum } from "./api.ts";
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
					<table class="tbl wraps">
						<thead>
							<tr>
								<th scope="col">{m["log.when"]()}</th>
								<th scope="col">{m["log.who"]()}</th>
								<th scope="col">{m["log.what"]()}</th>
								<th scope="col">{m["log.how"]()}</th>
								<th scope="col">{m["log.count"]()}</th>
							</tr>
						</thead>
						<tbody>
							{linesOf(sums).map((line, i) => (
								<tr key={i}>
									<td>
										<Day of={line.month} />
									</td>
									<td data-l={m["log.who"]()}>{roleWords(line.role)}</td>
									<td data-l={m["log.what"]()}>
										<b>{line.what}</b>
									</td>
									<td data-l={m["log.how"]()}>{resultWords(line.result)}</td>
									<td data-l={m["log.count"]()} class="num">
										{line.count > 0 ? number(line.count) : m["log.few"]()}
									</td>
								</tr>
							))}
						</tbody>
					</table>
				)
			}
		</Ready>
	);
}
