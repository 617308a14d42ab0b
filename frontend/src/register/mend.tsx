import { useState } from "preact/hooks";
import type { GroupOfMine } from "../lib/api/index.ts";
import type { Act } from "../lib/page/index.ts";
import { faultWords } from "../lib/words/fault.ts";
import { localised, m } from "../lib/words/index.ts";
import { Button, Field, FieldError, Icon, Select } from "../ui/index.ts";
import { ok } from "../ui/pictures.ts";
import type { ImportRow, RowChange, RowFault } from "./api.ts";
import { fieldName } from "./words.ts";

/** Where a fault stands: the letter of the column, and what the column holds. */
function whereWords({ column, field }: RowFault): string {
	return column ? m["register.fault.where"]({ column, field: fieldName(field) }) : fieldName(field);
}

function writtenWords({ value }: RowFault): string {
	return value ? m["register.fault.written"]({ value }) : m["register.fault.empty"]();
}

function told(fault: RowFault): string {
	return faultWords(fault.code, { ...fault.params, value: fault.value });
}

/** FaultText says what is wrong with a cell that can no longer be mended. */
export function FaultText({ fault }: { fault: RowFault }) {
	return (
		<div>
			<p class="soft">
				{whereWords(fault)} · {writtenWords(fault)}
			</p>
			<FieldError>{told(fault)}</FieldError>
		</div>
	);
}

interface Props {
	/** The fault as it was first seen, with what the file says. */
	first: RowFault;
	row: ImportRow;
	groups: readonly GroupOfMine[];
	changing: Act<[RowChange]>;
	onWritten: (field: string, text: string) => Promise<void>;
}

/** Mend is a faulty cell to write anew; Enter checks it, and the focus stays. */
export function Mend({ first, row, groups, changing, onWritten }: Props) {
	const { field } = first;
	const [text, setText] = useState(row.cells[field] ?? "");
	const still = row.faults.find((fault) => fault.field === field);
	const byGroup = first.code.startsWith("group.") && groups.length > 0;
	const common = {
		label: whereWords(first),
		hint: writtenWords(first),
		error: still ? told(still) : null,
		value: text,
	};
	return (
		<form
			class="mend"
			onSubmit={(event) => {
				event.preventDefault();
				// A row that names its group by a district is given one of its own.
				void onWritten(byGroup ? "group" : field, text);
			}}
		>
			{byGroup ? (
				<Select
					{...common}
					onChange={setText}
					options={[{ value: first.value, label: m["register.groups.choose"]() }, ...groups.map(asOption)]}
				/>
			) : (
				<Field {...common} onInput={setText} maxLength={500} />
			)}
			<Button type="submit" busy={changing.busy}>
				{m["register.mend.check"]()}
			</Button>
			{!still && (
				<b class="right">
					<Icon of={ok} /> {m["register.mend.ok"]()}
				</b>
			)}
		</form>
	);
}

// A row is given a group by the group's name, as a file would.
function asOption(group: GroupOfMine) {
	const { ne, en, nb } = group.name;
	return { value: ne || en || nb || "", label: localised(group.name) };
}
