import { dayWords } from "../../lib/calendar/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { Button } from "../../ui/index.ts";
import { HintNotes } from "../people/hints.tsx";
import type { CarriedItem } from "./api.ts";

interface Props {
	people: readonly CarriedItem[];
	young: boolean;
	onAsk: (id: string) => void;
}

/** ToAskTable lists who is to be asked; on paper there is room beside each name for a yes or a no. */
export function ToAskTable({ people, young, onAsk }: Props) {
	return (
		<table class="tbl to-ask">
			<thead>
				<tr>
					<th scope="col">{m["carry.name"]()}</th>
					<th scope="col">{m["carry.group"]()}</th>
					<th scope="col">{young ? m["carry.state"]() : m["carry.until"]()}</th>
					<th scope="col" class="print-only">
						{m["carry.yes"]()}
					</th>
					<th scope="col" class="print-only">
						{m["carry.no"]()}
					</th>
					<th scope="col" class="no-print">
						<span class="sr">{m["carry.begin"]()}</span>
					</th>
				</tr>
			</thead>
			<tbody>
				{people.map((one) => (
					<tr key={one.id}>
						<th scope="row">
							{nameOf(one)}
							<HintNotes hints={one.unreadable ? ["unreadable"] : []} />
						</th>
						<td data-l={m["carry.group"]()}>{groupOf(one)}</td>
						<td data-l={young ? m["carry.state"]() : m["carry.until"]()}>
							{young ? stateOf(one) : one.until && dayWords(one.until)}
							{young && <span class="soft"> · {m["carry.since"]({ date: dayWords(one.since) })}</span>}
							{one.asked && <span class="soft"> {m["carry.before"]({ date: dayWords(one.asked) })}</span>}
						</td>
						<td class="print-only box" />
						<td class="print-only box" />
						<td class="no-print">
							<Button onPress={() => onAsk(one.id)}>
								{one.kind === "carried" ? m["carry.begin"]() : m["carry.decide"]()}{" "}
								<span class="sr">{nameOf(one)}</span>
							</Button>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** nameOf stands in for a name that can't be read. */
export function nameOf({ name }: CarriedItem): string {
	return name || m["people.nameless"]();
}

function groupOf({ group, groupUnsure }: CarriedItem): string {
	return group && !groupUnsure ? localised(group.name) : m["people.unsure"]();
}

/** stateOf says where it stands with somebody under 18, and when a guardian is to be looked at again. */
function stateOf({ kind, decided, listed, review }: CarriedItem): string {
	if (kind === "carried") return m["carry.state.carried"]();
	if (!decided) return kind === "applied" ? m["carry.state.applied"]() : m["carry.state.member"]();
	const now = listed ? m["carry.state.listed"]() : m["carry.state.unlisted"]();
	return review ? `${now}. ${m["carry.state.review"]({ date: dayWords(review) })}` : now;
}
