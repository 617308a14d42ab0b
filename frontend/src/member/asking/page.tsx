import { useEffect, useState } from "preact/hooks";
import { has } from "../../account/index.ts";
import { useAct, useLoad } from "../../lib/page/index.ts";
import { usePaged } from "../../lib/page/paged.ts";
import { m } from "../../lib/words/index.ts";
import { findOrganisation } from "../../organisation/index.ts";
import { Button, Heading, Ready } from "../../ui/index.ts";
import { useInner } from "../../ui/inner.ts";
import { More } from "../../ui/more.tsx";
import { print as paperPicture } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { findGroups } from "../people/api.ts";
import { groupOptions } from "../people/groups.ts";
import { fullAge } from "./age.ts";
import { type Asked, type CarriedItem, findAllToAsk, findToAsk } from "./api.ts";
import { AskOne } from "./ask-one.tsx";
import { DecideOne } from "./decide-one.tsx";
import { Filters } from "./filters.tsx";
import type { Outcome, Said } from "./outcome.ts";
import { OutcomeNote } from "./outcome-note.tsx";
import { nameOf, ToAskTable } from "./table.tsx";

/**
 * AskPage: who came in with an old list and has not been asked yet, and for those
 * who protect all who are under 18. It prints as a list to take along; here one at a
 * time is asked, or decided on, in person.
 */
export default function AskPage() {
	const both = has("coordinator") && has("focalPoint", "deputy");
	const [asked, setAsked] = useState<Asked>({ young: !has("coordinator"), q: "", group: "", order: "until" });
	const groups = useLoad(
		async () => groupOptions(asked.young ? (await findOrganisation()).groups : await findGroups()),
		[asked.young],
	);
	const people = usePaged(
		(cursor) => findToAsk(asked, cursor),
		[asked.young, asked.q, asked.group, asked.order],
	);
	const paper = usePaper(asked);
	const inner = useInner<string>();
	const [said, setSaid] = useState<Outcome | null>(null);
	const one = people.items.find((item) => item.id === inner.opened);
	const done = (of: CarriedItem) => (now: Said) => {
		setSaid({ ...now, id: of.id, name: nameOf(of) });
		inner.close();
		people.reload();
	};

	if (one) {
		const given = { key: one.id, person: one, onClose: inner.close, onDone: done(one) };
		return (
			<main id="main">
				{one.kind === "carried" ? <AskOne {...given} /> : <DecideOne {...given} groups={groups.data ?? []} />}
			</main>
		);
	}
	return (
		<main id="main">
			<Heading>{asked.young ? m["carry.young"]({ age: fullAge() }) : m["carry.title"]()}</Heading>
			<section class="card stack">
				{said && <OutcomeNote of={said} young={asked.young} />}
				<p class="soft no-print">
					{asked.young ? m["carry.young.what"]({ age: fullAge() }) : m["carry.what"]()}
				</p>
				<Filters asked={asked} groups={groups.data ?? []} both={both} onChange={setAsked} />
				<Ready of={people} rows={6}>
					{() =>
						people.items.length === 0 ? (
							<p role="status">{noneWords(asked)}</p>
						) : (
							<>
								<div class="stack no-print">
									<Trouble problem={paper.problem} />
									<p class="line">
										<Button picture={paperPicture} busy={paper.busy} onPress={() => void paper.run()}>
											{m["carry.print"]()}
										</Button>
									</p>
								</div>
								<ToAskTable
									people={paper.all ?? people.items}
									young={asked.young}
									onAsk={(id) => {
										setSaid(null);
										inner.open(id);
									}}
								/>
								<div class="stack no-print">
									<More of={people.more} />
								</div>
							</>
						)
					}
				</Ready>
			</section>
		</main>
	);
}

function noneWords({ young, q }: Asked): string {
	if (q.trim()) return m["carry.search.none"]();
	return young ? m["carry.young.none"]({ age: fullAge() }) : m["carry.none"]();
}

/** usePaper fetches the whole list before it prints: what is on the screen may be a part of it. */
function usePaper(asked: Asked) {
	const [all, setAll] = useState<CarriedItem[] | null>(null);
	const fetching = useAct(async () => setAll(await findAllToAsk(asked)));
	useEffect(() => {
		if (!all) return;
		const over = () => setAll(null);
		addEventListener("afterprint", over, { once: true });
		print();
		return () => removeEventListener("afterprint", over);
	}, [all]);
	return { all, ...fetching };
}
