import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import type { ImportChange, ImportColumn, RegisterImport } from "./api.ts";
import type { Worked } from "./use-import.ts";
import { columnFields, fieldName, reasonWords } from "./words.ts";

type ColumnChoice = NonNullable<ImportChange["columns"]>[number];

/** Columns lists every column with what it is taken as; what is left out on purpose says why. */
export function Columns({ worked, now }: { worked: Worked; now: RegisterImport }) {
	const choosing = useAct(async (index: number, field: string) => {
		await worked.choose({ columns: [{ index, field: field as ColumnChoice["field"] }] });
	});
	return (
		<section class="stack tight">
			<h3>{m["register.columns"]()}</h3>
			<div class="scroll">
				<table class="tbl">
					<thead>
						<tr>
							<th>{m["register.columns.column"]()}</th>
							<th>{m["register.columns.taken"]()}</th>
							<th>{m["register.why"]()}</th>
						</tr>
					</thead>
					<tbody>
						{now.columns.map((column) => (
							<Column key={column.index} column={column} onChoose={choosing.run} />
						))}
					</tbody>
				</table>
			</div>
			<Trouble problem={choosing.problem} />
		</section>
	);
}

function Column({ column, onChoose }: { column: ImportColumn; onChoose: (i: number, f: string) => void }) {
	const { index, letter, heading, field, reason } = column;
	return (
		<tr>
			<td>
				<span class="soft num">{letter}</span> <b>{heading || m["register.columns.noHeading"]()}</b>
			</td>
			<td>
				<select
					aria-label={m["register.columns.takenAs"]({ column: heading || letter })}
					value={field}
					onChange={(event) => onChoose(index, event.currentTarget.value)}
				>
					{!field && <option value="">{m["register.field.unknown"]()}</option>}
					{columnFields.map((one) => (
						<option key={one} value={one}>
							{fieldName(one)}
						</option>
					))}
				</select>
			</td>
			<td class="soft" data-l={reason ? m["register.why"]() : undefined}>
				{field === "ignored" && reasonWords(reason)}
			</td>
		</tr>
	);
}
