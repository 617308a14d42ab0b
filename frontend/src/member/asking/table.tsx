import { dayWords } from "../../lib/calendar/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { Button } from "../../ui/index.ts";
import type { CarriedItem } from "./api.ts";

interface Props {
	people: readonly CarriedItem[];
	onAsk: (id: string) => void;
}

/** ToAskTable lists who is to be asked; on paper there is room beside each name for a yes or a no. */
export function ToAskTable({ people, onAsk }: Props) {
	return (
		<table class="tbl to-ask">
			<thead>
				<tr>
					<th scope="col">{m["carry.name"]()}</th>
					<th scope="col">{m["carry.group"]()}</th>
					<th scope="col">{m["carry.until"]()}</th>
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
						<th scope="row">{one.name}</th>
						<td>{one.group && localised(one.group.name)}</td>
						<td>
							{dayWords(one.until)}
							{one.asked && <span class="soft"> {m["carry.before"]({ date: dayWords(one.asked) })}</span>}
						</td>
						<td class="print-only box" />
						<td class="print-only box" />
						<td class="no-print">
							<Button onPress={() => onAsk(one.id)}>
								{m["carry.begin"]()} <span class="sr">{one.name}</span>
							</Button>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
