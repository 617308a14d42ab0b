import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { findChanges } from "./api.ts";
import { Section } from "./section.tsx";
import type { Change, Limit } from "./types.ts";
import { fieldName, roleWords, valueWords } from "./words.ts";

interface Props {
	/** Changes when something was changed, so that the history is asked for anew. */
	round: unknown;
	limits: readonly Limit[];
}

/** HistorySection: what was changed here, the latest first. */
export function HistorySection({ round, limits }: Props) {
	const changes = usePaged(findChanges, [round]);
	return (
		<Section title={m["set.history"]()}>
			<Ready of={changes}>
				{() =>
					changes.items.length === 0 ? (
						<p class="soft">{m["set.history.none"]()}</p>
					) : (
						<table class="tbl wraps">
							<thead>
								<tr>
									<th scope="col">{m["set.history.when"]()}</th>
									<th scope="col">{m["set.history.what"]()}</th>
									<th scope="col">{m["set.history.from"]()}</th>
									<th scope="col">{m["set.history.to"]()}</th>
									<th scope="col">{m["set.history.who"]()}</th>
								</tr>
							</thead>
							<tbody>
								{changes.items.map((change, i) => (
									<Line key={`${change.at} ${i}`} change={change} limits={limits} />
								))}
							</tbody>
						</table>
					)
				}
			</Ready>
			<More of={changes.more} />
		</Section>
	);
}

function Line({ change, limits }: { change: Change; limits: readonly Limit[] }) {
	const { at, field, from, to, role } = change;
	return (
		<tr>
			<td>
				<Day of={at} />
			</td>
			<td>
				<b>{fieldName(field)}</b>
			</td>
			<td data-l={m["set.history.from"]()} translate={false}>
				{from ? valueWords(field, from, limits) : m["set.none"]()}
			</td>
			<td data-l={m["set.history.to"]()} translate={false}>
				{to ? valueWords(field, to, limits) : m["set.gone"]()}
			</td>
			<td data-l={m["set.history.who"]()}>{roleWords(role)}</td>
		</tr>
	);
}
