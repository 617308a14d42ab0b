import { Fragment } from "preact";
import type { Paged } from "../lib/page/paged.ts";
import { localised, m, number } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Empty, Icon, Select } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { IntakeBadge, intakeWords } from "./badges.tsx";
import type { IntakeRow, IntakeState } from "./types.ts";
import { courseName, coursePicture } from "./words.ts";

/** The states in the order in which a coordinator cares for them. */
const states: readonly IntakeState[] = ["open", "planned", "closed", "running", "finished", "cancelled"];

interface FilterProps {
	state: IntakeState | "";
	onChange: (state: IntakeState | "") => void;
}

/** StateFilter narrows the list to the intakes of one state. */
export function StateFilter({ state, onChange }: FilterProps) {
	return (
		<search>
			<Select
				label={m["people.state"]()}
				value={state}
				onChange={(value) => onChange(value as FilterProps["state"])}
				options={[
					{ value: "", label: m["people.all"]() },
					...states.map((one) => ({ value: one, label: intakeWords(one) })),
				]}
			/>
		</search>
	);
}

interface Props {
	intakes: Paged<IntakeRow>;
	opened: string | null;
	mayAdd: boolean;
	onOpen: (id: string) => void;
}

/** IntakeList shows intakes by their state: when they are, for whom, how many places are taken and how many wait. */
export function IntakeList({ intakes: { items, more }, opened, mayAdd, onOpen }: Props) {
	if (items.length === 0) {
		return (
			<Empty title={m["course.none"]()}>
				<p class="soft">{mayAdd ? m["course.none.hint"]() : m["course.none.trainer"]()}</p>
			</Empty>
		);
	}
	return (
		<>
			<div class="scroll">
				<table class="tbl">
					<thead>
						<tr>
							<th>{m["nav.learn"]()}</th>
							<th>{m["learn.when"]()}</th>
							<th>{m["course.seats"]()}</th>
							<th class="wide-only">{m["learn.where"]()}</th>
						</tr>
					</thead>
					<tbody>
						{states.map((state) => (
							<OfState
								key={state}
								state={state}
								rows={items.filter((row) => row.state === state)}
								opened={opened}
								onOpen={onOpen}
							/>
						))}
					</tbody>
				</table>
			</div>
			<More of={more} />
		</>
	);
}

interface OfStateProps {
	state: IntakeState;
	rows: readonly IntakeRow[];
	opened: string | null;
	onOpen: (id: string) => void;
}

function OfState({ state, rows, opened, onOpen }: OfStateProps) {
	if (rows.length === 0) return null;
	return (
		<Fragment>
			<tr>
				<th scope="rowgroup" colSpan={4} class="similar">
					{intakeWords(state)} · {number(rows.length).toString()}
				</th>
			</tr>
			{rows.map((row) => (
				<tr key={row.id} class={row.id === opened ? "row on" : "row"}>
					<td>
						<span class="line one">
							<Icon of={coursePicture(row.course.picture)} />
							<button
								type="button"
								class="whole"
								data-opens={row.id}
								aria-current={row.id === opened ? "true" : undefined}
								onClick={() => onOpen(row.id)}
							>
								<b>{courseName(row.course)}</b>
							</button>
						</span>
					</td>
					<td data-l={m["learn.when"]()}>
						<Day of={row.begins} />
					</td>
					<td data-l={m["course.seats"]()}>
						<span class="num nb">
							{m["course.filled"]({ seats: number(row.seats), enrolled: number(row.enrolled) })}
						</span>
						{row.state === "open" && row.left === 0 && (
							<>
								{" "}
								<IntakeBadge of={row} />
							</>
						)}
						{row.waiting > 0 && row.state !== "finished" && row.state !== "cancelled" && (
							<div class="soft">{m["learn.waiting"]({ count: number(row.waiting) })}</div>
						)}
					</td>
					<td class="wide-only" data-l={m["learn.where"]()}>
						{row.group ? localised(row.group.name) : m["learn.everyone"]()}
					</td>
				</tr>
			))}
		</Fragment>
	);
}
