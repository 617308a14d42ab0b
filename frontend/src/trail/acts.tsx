import { roleWords } from "../account/roles.ts";
import { clockShort, nepalClock } from "../lib/calendar/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { type Act, findActs } from "./api.ts";
import { actWords, resultWords } from "./words.ts";

/** Acts is what was done about what lies in her hands, the latest first. */
export function Acts() {
	const acts = usePaged<Act>(findActs);
	return (
		<>
			<Ready of={acts}>
				{() =>
					acts.items.length === 0 ? (
						<p class="soft">{m["log.mine.none"]()}</p>
					) : (
						<table class="tbl wraps">
							<thead>
								<tr>
									<th scope="col">{m["log.when"]()}</th>
									<th scope="col">{m["log.who"]()}</th>
									<th scope="col">{m["log.what"]()}</th>
									<th scope="col">{m["log.how"]()}</th>
								</tr>
							</thead>
							<tbody>
								{acts.items.map((act) => (
									<tr key={act.id}>
										<td>
											<Day of={act.day} />
											{act.at && <small> {clockShort(nepalClock(act.at))}</small>}
										</td>
										<td data-l={m["log.who"]()}>{roleWords(act.role)}</td>
										<td data-l={m["log.what"]()}>
											<b>{actWords(act.action)}</b>
										</td>
										<td data-l={m["log.how"]()}>{resultWords(act.result)}</td>
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
