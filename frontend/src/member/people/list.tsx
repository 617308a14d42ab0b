import { Fragment } from "preact";
import type { Paged } from "../../lib/page/paged.ts";
import { localised, m, number } from "../../lib/words/index.ts";
import { Day } from "../../ui/day.tsx";
import { Badge, Button, Empty, LinkButton, Notice } from "../../ui/index.ts";
import { More } from "../../ui/more.tsx";
import { talk, turn } from "../../ui/pictures.ts";
import type { Asked, PersonItem } from "./api.ts";
import { HintNotes } from "./hints.tsx";
import { StateBadge } from "./state-badge.tsx";

interface Props {
	people: Paged<PersonItem>;
	opened: string | null;
	asked: Asked;
	onOpen: (id: string) => void;
	onClear: () => void;
}

/** PeopleList shows who was found, with the group beside the name where names are equal. */
export function PeopleList({ people, opened, asked, onOpen, onClear }: Props) {
	const { items, more } = people;
	const narrowed = asked.q.trim() !== "" || asked.group !== "" || asked.state !== "";
	if (items.length === 0) return <Nobody narrowed={narrowed} onClear={onClear} />;
	const alike = items.some((person) => person.hints.includes("same_name"));
	return (
		<>
			<div class="line">
				<p class="grow" role="status">
					<b>{m["people.shown"]({ count: number(items.length) })}</b>{" "}
					{asked.q.trim() && <span class="soft">{m["members.both"]()}</span>}
				</p>
				{narrowed && (
					<Button kind="quiet" picture={turn} onPress={onClear}>
						{m["people.clear"]()}
					</Button>
				)}
			</div>
			{alike && asked.q.trim() && <Notice tone="warn">{m["people.alike"]()}</Notice>}
			<div class="scroll">
				<table class="tbl">
					<thead>
						<tr>
							<th>{m["people.search"]()}</th>
							<th>{m["mine.field.group"]()}</th>
							<th>{m["people.state"]()}</th>
							<th class="wide-only">{m["people.sinceWhen"]()}</th>
						</tr>
					</thead>
					<tbody>
						{items.map((person, at) => (
							<Fragment key={person.id}>
								{person.similar && !items[at - 1]?.similar && (
									<tr>
										<th scope="rowgroup" colSpan={4} class="similar">
											{at === 0 ? m["people.onlySimilar"]() : m["people.similar"]()}
										</th>
									</tr>
								)}
								<Row person={person} opened={person.id === opened} onOpen={onOpen} />
							</Fragment>
						))}
					</tbody>
				</table>
			</div>
			<More of={more} />
		</>
	);
}

interface RowProps {
	person: PersonItem;
	opened: boolean;
	onOpen: (id: string) => void;
}

function Row({ person, opened, onOpen }: RowProps) {
	const group = person.groupUnsure || !person.group ? m["people.unsure"]() : localised(person.group.name);
	return (
		<tr class={opened ? "row on" : "row"}>
			<td>
				<button
					type="button"
					class="whole"
					aria-current={opened ? "true" : undefined}
					onClick={() => onOpen(person.id)}
				>
					<b>{person.name || m["people.nameless"]()}</b>
					{person.hints.includes("same_name") && <span> ({group})</span>}
				</button>
				<HintNotes hints={person.hints} />
			</td>
			<td data-l={m["mine.field.group"]()}>{group}</td>
			<td>
				<StateBadge state={person.state} />
				{person.carriedOver && (
					<>
						{" "}
						<Badge tone="warn" picture={talk}>
							{m["members.askConsent"]()}
						</Badge>
					</>
				)}
			</td>
			<td class="wide-only" data-l={m["people.sinceWhen"]()}>
				<Day of={person.since} />
			</td>
		</tr>
	);
}

function Nobody({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
	return narrowed ? (
		<div role="status">
			<Empty title={m["people.none"]()}>
				<p class="soft">{m["people.none.hint"]()}</p>
				<Button picture={turn} onPress={onClear}>
					{m["people.clear"]()}
				</Button>
			</Empty>
		</div>
	) : (
		<Empty title={m["people.empty"]()}>
			<p class="soft">{m["people.empty.hint"]()}</p>
			<LinkButton href="/list">{m["nav.import"]()}</LinkButton>
		</Empty>
	);
}
