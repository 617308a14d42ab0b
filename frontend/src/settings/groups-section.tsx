import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { type Loaded, useAct, useLoad } from "../lib/page/index.ts";
import { localised, m } from "../lib/words/index.ts";
import { Busy, Button, Form, Icon, Notice, Ready, Select } from "../ui/index.ts";
import { down, plus, up } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { addGroup, findGroups, keepGroup } from "./api.ts";
import { NameFields } from "./name-fields.tsx";
import { hasName, nameFrom, sameName, writtenOf } from "./names.ts";
import { type Place, placesOf, swap } from "./order.ts";
import { type Closing, Opens, Section } from "./section.tsx";
import type { Group, Name } from "./types.ts";

interface Props {
	mayChange: boolean;
	/** The history has a new line. */
	onChanged: () => void;
}

/** GroupsSection: the local groups, by name and in order. */
export function GroupsSection({ mayChange, onChanged }: Props) {
	const groups = useLoad(findGroups);
	function changed(): void {
		groups.reload();
		onChanged();
	}
	return (
		<Section title={m["set.groups"]()} what={m["set.groups.what"]()}>
			<Ready of={groups}>
				{(all) => <Tree places={placesOf(all)} mayChange={mayChange} onChanged={changed} groups={groups} />}
			</Ready>
		</Section>
	);
}

interface TreeProps extends Props {
	places: readonly Place[];
	groups: Loaded<Group[]>;
}

function Tree({ places, mayChange, onChanged, groups }: TreeProps) {
	const moving = useAct(async (one: Group, other: Group) => {
		try {
			for (const { group, order } of swap(places, one, other)) {
				await keepGroup(group.id, { order }, group.version);
			}
		} finally {
			groups.reload();
		}
	});
	const turn = (
		place: Place,
		other: Group | null,
		picture: string,
		words: (named: { name: string }) => string,
	) => (
		<button
			type="button"
			class="btn sq"
			disabled={!other}
			aria-disabled={moving.busy ? "true" : undefined}
			onClick={() => other && void moving.run(place.group, other)}
		>
			<Icon of={picture} />
			<span class="sr">{words({ name: localised(place.group.name) })}</span>
		</button>
	);
	return (
		<>
			<Trouble problem={moving.problem} />
			<ul class="list">
				{places.map((place) => (
					<li key={place.group.id} class={`entry depth${Math.min(place.depth, 3)}`}>
						<Opens
							name={localised(place.group.name)}
							beside={
								<>
									<b class="grow">{localised(place.group.name)}</b>
									{(place.before || place.after) && (
										<>
											{turn(place, place.before, up, m["set.group.up"])}
											{turn(place, place.after, down, m["set.group.down"])}
										</>
									)}
								</>
							}
							edit={
								mayChange
									? (close) => (
											<Renaming
												group={place.group}
												onDone={close}
												onChanged={onChanged}
												reload={groups.reload}
											/>
										)
									: null
							}
						>
							{!mayChange && <b>{localised(place.group.name)}</b>}
						</Opens>
					</li>
				))}
			</ul>
			{mayChange && (
				<Opens
					name={m["set.groups"]()}
					words={m["set.group.add"]()}
					picture={plus}
					edit={(close) => <Adding places={places} onDone={close} onChanged={onChanged} />}
				>
					{null}
				</Opens>
			)}
		</>
	);
}

interface RenamingProps {
	group: Group;
	onDone: Closing;
	onChanged: () => void;
	reload: () => void;
}

/** Renaming keeps what is written where another renamed the group meanwhile, and shows that name beside it. */
function Renaming({ group, onDone, onChanged, reload }: RenamingProps) {
	const [base, setBase] = useState(group);
	const [name, setName] = useState<Name>(writtenOf(group.name));
	const [tried, setTried] = useState(false);
	const keeping = useAct(async () => {
		setTried(true);
		if (!hasName(name)) return;
		try {
			await keepGroup(group.id, { name: nameFrom(writtenOf(name)) }, group.version);
		} catch (trouble) {
			if ((trouble as { status?: number }).status === 412) reload();
			throw trouble;
		}
		onChanged();
		onDone(m["set.saved"]());
	});
	const theirs = sameName(base.name, group.name) ? null : group.name;
	return (
		<GroupForm onSend={keeping.run} busy={keeping.busy} onLeave={() => onDone(null)}>
			{theirs && (
				<Notice tone="warn" title={m["correct.conflict"]()}>
					<p>
						{m["correct.theirs"]()}: <b>{localised(theirs)}</b>
					</p>
					<Button
						kind="quiet"
						onPress={() => {
							setBase(group);
							setName(writtenOf(theirs));
						}}
					>
						{m["correct.takeTheirs"]()}
					</Button>
				</Notice>
			)}
			<NameFields
				legend={m["set.group.name"]()}
				name={name}
				onChange={setName}
				error={tried && !hasName(name) ? m["set.name.missing"]() : fieldWords(keeping.problem, "name")}
			/>
			<Trouble problem={keeping.problem} />
		</GroupForm>
	);
}

interface AddingProps {
	places: readonly Place[];
	onDone: Closing;
	onChanged: () => void;
}

function Adding({ places, onDone, onChanged }: AddingProps) {
	const [name, setName] = useState<Name>({});
	const [parent, setParent] = useState(places[0]?.group.id ?? "");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const adding = useAct(async () => {
		setTried(true);
		if (!hasName(name)) return;
		await addGroup({ name: nameFrom(writtenOf(name)), parent }, intention);
		onChanged();
		onDone(m["set.saved"]());
	});
	return (
		<GroupForm onSend={adding.run} busy={adding.busy} onLeave={() => onDone(null)}>
			<NameFields
				legend={m["set.group.name"]()}
				name={name}
				onChange={setName}
				error={tried && !hasName(name) ? m["set.name.missing"]() : fieldWords(adding.problem, "name")}
			/>
			<Select
				label={m["set.group.parent"]()}
				value={parent}
				onChange={setParent}
				options={places.map(({ group, depth }) => ({
					value: group.id,
					label: `${"– ".repeat(depth)}${localised(group.name)}`,
				}))}
				error={fieldWords(adding.problem, "parent")}
			/>
			<Trouble problem={adding.problem} />
		</GroupForm>
	);
}

interface FormProps {
	onSend: () => Promise<void>;
	busy: boolean;
	onLeave: () => void;
	children: ComponentChildren;
}

function GroupForm({ onSend, busy, onLeave, children }: FormProps) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => box.current?.querySelector<HTMLElement>("input")?.focus(), []);
	return (
		<div ref={box}>
			<Form class="stack" onSend={() => void onSend()}>
				{children}
				<div class="line">
					<Button type="submit" kind="primary" busy={busy}>
						{m["do.keep"]()}
					</Button>
					<Button kind="quiet" onPress={onLeave}>
						{m["do.leave"]()}
					</Button>
				</div>
				<Busy when={busy} />
			</Form>
		</div>
	);
}
