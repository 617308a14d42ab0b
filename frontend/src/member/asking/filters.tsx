import { m } from "../../lib/words/index.ts";
import { Select } from "../../ui/index.ts";
import type { Option } from "../people/groups.ts";
import { SearchForm } from "../search-form.tsx";
import { fullAge } from "./age.ts";
import type { Asked } from "./api.ts";

interface Props {
	asked: Asked;
	groups: readonly Option[];
	/** She looks after groups and protects too: which of the two lists it is. */
	both: boolean;
	onChange: (asked: Asked) => void;
}

/** Filters narrow the list by a name and a group, and order it. */
export function Filters({ asked, groups, both, onChange }: Props) {
	return (
		<SearchForm sought={asked.q} printed={false} onSearch={(q) => onChange({ ...asked, q })}>
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
		</SearchForm>
	);
}
