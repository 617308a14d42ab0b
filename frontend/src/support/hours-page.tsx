import { useRef, useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Heading, Ready } from "../ui/index.ts";
import { findComing, findHours } from "./api.ts";
import { HoursEditor } from "./hours-editor.tsx";
import { Meetings } from "./meetings.tsx";
import { PastMeetings } from "./past-meetings.tsx";
import { Said } from "./said.tsx";
import { toSee } from "./slots.ts";

/** HoursPage: whom a supporter meets, and what she gives of her week. */
export default function HoursPage() {
	const coming = useLoad(findComing);
	const hours = useLoad(findHours);
	const [cancelled, setCancelled] = useState(0);
	// What she has typed goes only when she asks for what is stored.
	const round = useRef(0);
	const theirs = toSee(coming.data ?? [], "supporter");

	return (
		<main id="main">
			<Heading>{m["nav.hours"]()}</Heading>
			{cancelled > 0 && <Said key={cancelled}>{m["hours.cancelled"]()}</Said>}
			<Ready of={coming} rows={2}>
				{() =>
					theirs.length > 0 ? (
						<Meetings
							title={m["hours.coming"]()}
							sessions={theirs}
							onCancelled={() => {
								setCancelled(cancelled + 1);
								coming.reload();
							}}
						/>
					) : (
						<section>
							<h2>{m["hours.coming"]()}</h2>
							<p class="soft">{m["hours.comingNone"]()}</p>
						</section>
					)
				}
			</Ready>
			<Ready of={hours} rows={4}>
				{(now) => (
					<HoursEditor
						key={round.current}
						stored={now}
						onKept={hours.put}
						look={hours.reload}
						reload={() => {
							round.current++;
							hours.reload();
						}}
					/>
				)}
			</Ready>
			<PastMeetings as="supporter" />
		</main>
	);
}
