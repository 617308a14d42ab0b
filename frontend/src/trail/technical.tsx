import { roleWords } from "../account/roles.ts";
import { clockShort, nepalClock } from "../lib/calendar/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { findTechnical, type Technical } from "./api.ts";
import { actWords, resultWords } from "./words.ts";

/** TechnicalActs tells that something happened, without anybody: equal marks belong to one account. */
export function TechnicalActs() {
	const acts = usePaged<Technical>(findTechnical);
	return (
		<>
			<Ready of={acts}>
				{() =>
					acts.items.length === 0 ? (
						<p class="soft">{m["log.technical.none"]()}</p>
					) : (
						<table class="tbl wraps">
							<thead>
								<tr>
									<th scope="col">{m["log.when"]()}</th>
									<th scope="col">{m["log.who"]()}</th>
									<th scope="col">{m["log.what"]()}</th>
									<th scope="col">{m["log.how"]()}</th>
									<th scope="col">{m["log.ref"]()}</th>
								</tr>
							</thead>
							<tbody>
								{acts.items.map((act, i) => (
									<tr key={i}>
										<td>
											<Day of={act.at} /> <small>{clockShort(nepalClock(act.at))}</small>
										</td>
										<td data-l={m["log.who"]()}>{roleWords(act.role)}</td>
										<td data-l={m["log.what"]()}>
											<b>{actWords(act.action)}</b>
										</td>
										<td data-l={m["log.how"]()}>{resultWords(act.result)}</td>
										<td data-l={m["log.ref"]()} translate={false}>
											<code>{act.ref}</code>
										</td>
									</tr>
								))}
							</tbody>
						</table>
					)
				}
			</Ready>
			<More of={acts.more} />
		</>
	);
}
