import { useState } from "preact/hooks";
import type { GroupOfMine } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { groupOptions } from "../member/index.ts";
import { Button, Select } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import type { RegisterImport } from "./api.ts";
import type { Worked } from "./use-import.ts";

interface Props {
	worked: Worked;
	now: RegisterImport;
	groups: readonly GroupOfMine[];
	/** It is the one thing to do first. */
	first: boolean;
}

const shownAtFirst = 5;

/** GroupsAsk matches each value that names no known group, once for all rows that have it. */
export function GroupsAsk({ worked, now, groups, first }: Props) {
	const [chosen, setChosen] = useState<Record<string, string>>({});
	const [all, setAll] = useState(false);
	const values = now.unknownGroups;
	const shown = all ? values : values.slice(0, shownAtFirst);
	const said = values.filter(({ value }) => chosen[value]);
	const matching = useAct(async () => {
		const done = await worked.choose({
			groups: said.map(({ value }) => ({ value, group: chosen[value] ?? "" })),
		});
		if (done) setChosen({});
	});
	return (
		<section class={first ? "card slab stack" : "card stack"}>
			<div>
				<h2 class={first ? "big" : ""}>{m["register.groups.ask"]()}</h2>
				<p class="soft">{m["register.groups.why"]()}</p>
			</div>
			<form
				class="stack"
				onSubmit={(event) => {
					event.preventDefault();
					if (said.length) void matching.run();
				}}
			>
				<div class="pairs-grid">
					{shown.map(({ value, rows }) => (
						<Select
							key={value}
							label={value ? m["register.groups.value"]({ value }) : m["register.groups.empty"]()}
							hint={m["register.rows"]({ count: number(rows) })}
							value={chosen[value] ?? ""}
							onChange={(group) => setChosen({ ...chosen, [value]: group })}
							options={[{ value: "", label: m["register.groups.choose"]() }, ...groupOptions(groups)]}
						/>
					))}
				</div>
				<Trouble problem={matching.problem} />
				<div class="line">
					<Button type="submit" disabled={said.length === 0} busy={matching.busy}>
						{m["register.groups.match"]()}
					</Button>
					{shown.length < values.length && (
						<Button kind="quiet" onPress={() => setAll(true)}>
							{m["people.more"]()}
						</Button>
					)}
				</div>
			</form>
		</section>
	);
}
