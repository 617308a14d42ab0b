import { useEffect, useState } from "preact/hooks";
import { m } from "../../lib/words/index.ts";
import { Field, Select } from "../../ui/index.ts";
import type { Option } from "../people/groups.ts";
import { fullAge } from "./age.ts";
import type { Asked } from "./api.ts";

// Long enough for the next letter, short enough to feel at once.
const pauseMs = 250;

interface Props {
	asked: Asked;
	groups: readonly Option[];
	/** She looks after groups and protects too: which of the two lists it is. */
	both: boolean;
	onChange: (asked: Asked) => void;
}

/** Filters narrow the list by a name and a group, and order it. */
export function Filters({ asked, groups, both, onChange }: Props) {
	const [q, setQ] = useState(asked.q);
	useEffect(() => {
		if (q === asked.q) return;
		const later = setTimeout(() => onChange({ ...asked, q }), pauseMs);
		return () => clearTimeout(later);
	}, [q, asked]);
	return (
		<search class="no-print">
			<form
				class="filters three"
				onSubmit={(event) => {
					event.preventDefault();
					onChange({ ...asked, q });
				}}
			>
				<Field
					label={m["people.search"]()}
					type="search"
					inputMode="search"
					maxLength={100}
					value={q}
					onInput={setQ}
				/>
				<Select
					label={m["carry.group"]()}
					value={asked.group}
					onChange={(group) => onChange({ ...asked, group })}
					options={[{ value: "", label: m["people.all"]() }, ...groups]}
				/>
				{both && (
					<Select
						label={m["carry.which"]()}
						value={asked.young ? "young" : "groups"}
						onChange={(which) => onChange({ ...asked, young: which === "young", group: "" })}
						options={[
							{ value: "groups", label: m["carry.groups"]() },
							{ value: "young", label: m["carry.young"]({ age: fullAge() }) },
						]}
					/>
				)}
				{!asked.young && (
					<Select
						label={m["carry.order"]()}
						value={asked.order}
						onChange={(order) => onChange({ ...asked, order: order as Asked["order"] })}
						options={[
							{ value: "until", label: m["carry.order.until"]() },
							{ value: "name", label: m["carry.order.name"]() },
						]}
					/>
				)}
			</form>
		</search>
	);
}
