import { useEffect, useRef, useState } from "preact/hooks";
import { useLoad } from "../../lib/page/index.ts";
import { usePaged } from "../../lib/page/paged.ts";
import { m } from "../../lib/words/index.ts";
import { Heading, LinkButton, Ready } from "../../ui/index.ts";
import { useInner } from "../../ui/inner.ts";
import { ok, table } from "../../ui/pictures.ts";
import { type Asked, findGroups, findPeople, type PersonItem } from "./api.ts";
import { Filters } from "./filters.tsx";
import { PeopleList } from "./list.tsx";
import { PersonView } from "./person.tsx";
import { takeWanted, takeWantedGroup } from "./wanted.ts";

const nothing: Asked = { q: "", group: "", state: "" };

/**
 * PeoplePage: the members of a coordinator's groups, and beside them the one
 * she opened. On a phone that one takes the page, and the way back leads to the
 * list as it was left.
 */
export default function PeoplePage() {
	const [asked, setAsked] = useState<Asked>(() => ({ ...nothing, group: takeWantedGroup() }));
	const [first] = useState(takeWanted);
	const groups = useLoad(findGroups);
	const people = usePaged<PersonItem>(
		(cursor) => findPeople(asked, cursor),
		[asked.q, asked.group, asked.state],
	);
	const person = useInner<string>(first);
	const place = useReturn(person.opened);

	return (
		<main id="main" class={person.opened ? "opened" : ""}>
			<div class="line head">
				<div class="grow">
					<Heading>{m["nav.members"]()}</Heading>
				</div>
				<LinkButton picture={ok} href="/ask">
					{m["carry.nav"]()}
				</LinkButton>
				<LinkButton picture={table} href="/list">
					{m["nav.import"]()}
				</LinkButton>
			</div>
			<div class={person.opened ? "beside open" : "beside"}>
				<section class="card stack main-part">
					<Filters asked={asked} groups={groups.data ?? []} onChange={setAsked} />
					<Ready of={people} rows={6}>
						{() => (
							<PeopleList
								people={people}
								opened={person.opened}
								asked={asked}
								onClear={() => setAsked(nothing)}
								onOpen={(id) => {
									place.leave();
									person.open(id);
								}}
							/>
						)}
					</Ready>
				</section>
				{person.opened && (
					<PersonView
						key={person.opened}
						id={person.opened}
						groups={groups.data ?? []}
						onClose={person.close}
						onChanged={(now) => people.replace((item) => (item.id === now.id ? { ...item, ...now } : item))}
					/>
				)}
			</div>
		</main>
	);
}

/** useReturn brings her back to the row and the height of the page that she left the list from. */
function useReturn(opened: string | null): { leave: () => void } {
	const left = useRef<{ height: number; from: Element | null } | null>(null);
	useEffect(() => {
		if (opened || !left.current) return;
		const { height, from } = left.current;
		left.current = null;
		window.scrollTo(0, height);
		if (from instanceof HTMLElement) from.focus({ preventScroll: true });
	}, [opened]);
	return {
		leave: () => {
			if (!opened) left.current = { height: window.scrollY, from: document.activeElement };
		},
	};
}
