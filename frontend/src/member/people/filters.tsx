import type { GroupOfMine, MembershipState } from "../../lib/api/index.ts";
import { m } from "../../lib/words/index.ts";
import { Select } from "../../ui/index.ts";
import { SearchForm } from "../search-form.tsx";
import { stateWords } from "../words.ts";
import type { Asked } from "./api.ts";
import { groupOptions } from "./groups.ts";

const states: readonly MembershipState[] = ["applied", "active", "declined", "paused", "ended"];

interface Props {
	asked: Asked;
	groups: readonly GroupOfMine[];
	onChange: (asked: Asked) => void;
}

/** Filters narrow the list: a name in either script from its first letter, a group with all below it, a state. */
export function Filters({ asked, groups, onChange }: Props) {
	return (
		<SearchForm sought={asked.q} hint={m["people.search.hint"]()} onSearch={(q) => onChange({ ...asked, q })}>
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
		</SearchForm>
	);
}
