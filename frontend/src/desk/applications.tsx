import { useLocation } from "preact-iso";
import { localised, m } from "../lib/words/index.ts";
import { HintNotes, type PersonItem, wantPerson } from "../member/index.ts";
import { Day } from "../ui/day.tsx";
import { Icon } from "../ui/index.ts";
import { next, pin } from "../ui/pictures.ts";

/** Applications lists who asked to become a member, the longest waiting first; a row leads to its answer. */
export function Applications({ applicants }: { applicants: readonly PersonItem[] }) {
	const { route } = useLocation();
	function open(id: string): void {
		wantPerson(id);
		route("/people");
	}
	return (
		<section class="card stack">
			<h2>{m["desk.applications"]()}</h2>
			{applicants.length === 0 ? (
				<p class="soft">{m["desk.applications.none"]()}</p>
			) : (
				<ul class="list">
					{applicants.map((person) => (
						<li key={person.id} class="row">
							<div class="grow">
								<button
									type="button"
									class="whole"
									aria-label={m["desk.answerName"]({ name: person.name })}
									onClick={() => open(person.id)}
								>
									<b>{person.name}</b>
								</button>
								<p class="soft">
									<Icon of={pin} />{" "}
									{person.groupUnsure || !person.group ? m["people.unsure"]() : localised(person.group.name)}
								</p>
								<p class="soft">
									{m["people.sinceWhen"]()}: <Day of={person.since} />
								</p>
								<HintNotes hints={person.hints} />
							</div>
							<Icon of={next} />
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
