import { m } from "../lib/words/index.ts";
import { Icon, Select } from "../ui/index.ts";
import { down } from "../ui/pictures.ts";
import { Editor, type Held, type Shape, type Writing } from "./editor.tsx";
import { changedParts, type Parts } from "./parts.ts";
import { Opens, Section } from "./section.tsx";
import type { Limit } from "./types.ts";
import { amountWords, categoryWords, clockOf, faultAt, limitWords, stepWords } from "./words.ts";

const shape: Shape<Limit> = {
	read: ({ limits }) => Object.fromEntries(limits.map((one) => [one.key, one])),
	write: (parts, stored) => ({
		limits: changedParts(stored, parts, shape.same).flatMap((key) => {
			const limit = parts[key];
			return limit ? [{ key, value: limit.value }] : [];
		}),
	}),
	same: (a, b) => a?.value === b?.value,
	nameOf: limitWords,
	show: ({ value, unit }) => amountWords(value, unit),
};

interface Props extends Held {
	mayChange: boolean;
}

/** LimitsSection: the numbers that the organisation may choose within bounds that keep everybody safe. */
export function LimitsSection(props: Props) {
	return (
		<Numbers
			{...props}
			title={m["set.limits"]()}
			what={m["set.limits.what"]()}
			groups={[{ name: "", keys: keysOf(props, (key) => !clockOf(key)) }]}
		/>
	);
}

/** ClocksSection: by when whoever reads a matter has to do what. */
export function ClocksSection(props: Props) {
	const keys = keysOf(props, (key) => clockOf(key) !== null);
	const categories = [...new Set(keys.map((key) => clockOf(key)?.category ?? ""))];
	return (
		<Numbers
			{...props}
			title={m["set.clocks"]()}
			what={m["set.clocks.what"]()}
			groups={categories.map((category) => ({
				name: categoryWords(category),
				keys: keys.filter((key) => clockOf(key)?.category === category),
			}))}
		/>
	);
}

function keysOf({ now }: Held, wanted: (key: string) => boolean): string[] {
	return now.data.limits.map(({ key }) => key).filter(wanted);
}

interface NumbersProps extends Props {
	title: string;
	what: string;
	groups: { name: string; keys: string[] }[];
}

function Numbers({ mayChange, title, what, groups, ...held }: NumbersProps) {
	const limits = shape.read(held.now.data);
	if (groups.every(({ keys }) => keys.length === 0)) return null;
	return (
		<Section title={title} what={what}>
			<Opens
				name={title}
				edit={
					mayChange
						? (close) => (
								<Editor {...held} shape={shape} onDone={close}>
									{(writing) =>
										groups.map(({ name, keys }) => (
											<fieldset key={name} class="stack">
												{name && <legend>{name}</legend>}
												{keys.map((key) => (
													<Choosing key={key} at={key} {...writing} stored={limits} />
												))}
											</fieldset>
										))
									}
								</Editor>
							)
						: null
				}
			>
				{groups.map(({ name, keys }) => (
					<Shown key={name} name={name} limits={keys.flatMap((key) => limits[key] ?? [])} />
				))}
			</Opens>
		</Section>
	);
}

/** Numbers of a category are folded, for there are many. */
function Shown({ name, limits }: { name: string; limits: Limit[] }) {
	const rows = (
		<dl class="list held">
			{limits.map(({ key, value, unit, usual }) => (
				<div key={key}>
					<dt>{shortName(key)}</dt>
					<dd class="line">
						<b>{amountWords(value, unit)}</b>
						{value !== usual && (
							<span class="soft">{m["set.limit.usual"]({ usual: amountWords(usual, unit) })}</span>
						)}
					</dd>
				</div>
			))}
		</dl>
	);
	if (!name) return rows;
	return (
		<details>
			<summary class="line one">
				<b class="grow">{name}</b>
				<Icon of={down} />
			</summary>
			{rows}
		</details>
	);
}

/** A time limit stands under its category, so its step alone is named. */
function shortName(key: string): string {
	const clock = clockOf(key);
	return clock ? stepWords(clock.step) : limitWords(key);
}

type ChoosingProps = Writing<Limit> & { at: string; stored: Parts<Limit> };

function Choosing({ at, draft, change, problem, stored }: ChoosingProps) {
	const limit = draft[at];
	if (!limit) return null;
	const { unit, usual, least, most } = limit;
	const words = (value: number) => amountWords(value, unit);
	const sent = changedParts(stored, draft, shape.same);
	return (
		<Select
			label={shortName(at)}
			hint={m["set.limit.bounds"]({ usual: words(usual), least: words(least), most: words(most) })}
			value={String(limit.value)}
			onChange={(value) => change({ ...draft, [at]: { ...limit, value: Number(value) } })}
			options={Array.from({ length: most - least + 1 }, (_, i) => ({
				value: String(least + i),
				label: words(least + i),
			}))}
			error={faultAt(problem, "limits", sent.indexOf(at))("value")}
		/>
	);
}
