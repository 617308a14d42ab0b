import { useEffect, useState } from "preact/hooks";
import type { GroupOfMine, MembershipState } from "../../lib/api/index.ts";
import { m } from "../../lib/words/index.ts";
import { Field, Select } from "../../ui/index.ts";
import { stateWords } from "../words.ts";
import type { Asked } from "./api.ts";
import { groupOptions } from "./groups.ts";

const states: readonly MembershipState[] = ["applied", "active", "declined", "paused", "ended"];

// Long enough for the next letter, short enough to feel at once.
const pauseMs = 250;

interface Props {
	asked: Asked;
	groups: readonly GroupOfMine[];
	onChange: (asked: Asked) => void;
}

/** Filters narrow the list: a name in either script from its first letter, a group with all below it, a state. */
export function Filters({ asked, groups, onChange }: Props) {
	const [q, setQ] = useState(asked.q);
	useEffect(() => setQ(asked.q), [asked.q]);
	useEffect(() => {
		if (q === asked.q) return;
		const later = setTimeout(() => onChange({ ...asked, q }), pauseMs);
		return () => clearTimeout(later);
	}, [q, asked]);

	return (
		<search>
			<form
				class="filters three"
				onSubmit={(event) => {
					event.preventDefault();
					onChange({ ...asked, q });
				}}
			>
				<Field
					label={m["people.search"]()}
					hint={m["people.search.hint"]()}
					type="search"
					inputMode="search"
					maxLength={100}
					value={q}
					onInput={setQ}
				/>
				<Select
					label={m["mine.field.group"]()}
					value={asked.group}
					onChange={(group) => onChange({ ...asked, group })}
					options={[{ value: "", label: m["people.all"]() }, ...groupOptions(groups)]}
				/>
				<Select
					label={m["people.state"]()}
					value={asked.state}
					onChange={(state) => onChange({ ...asked, state: state as Asked["state"] })}
					options={[
						{ value: "", label: m["people.all"]() },
						...states.map((state) => ({ value: state, label: stateWords(state) })),
					]}
				/>
			</form>
		</search>
	);
}
