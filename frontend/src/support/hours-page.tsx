import { useRef, useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Heading, Ready } from "../ui/index.ts";
import { findComing, findHours } from "./api.ts";
import { HoursEditor } from "./hours-editor.tsx";
import { Meetings, type Settled, SettledNote } from "./meetings.tsx";
import { PastMeetings } from "./past-meetings.tsx";
import { parted, toSee } from "./slots.ts";

/** HoursPage: whom a supporter meets, and what she gives of her week. */
export default function HoursPage() {
	const coming = useLoad(findComing);
	const hours = useLoad(findHours);
	const [settled, setSettled] = useState<Settled | null>(null);
	// How many times something came of it here; each is told anew.
	const times = useRef(0);
	// What she has typed goes only when she asks for what is stored.
	const round = useRef(0);
	const theirs = parted(toSee(coming.data ?? [], "supporter"), Date.now());

	return (
		<main id="main">
			<Heading>{m["nav.hours"]()}</Heading>
			{settled && <SettledNote key={times.current} how={settled} cancelled={m["hours.cancelled"]()} />}
			<Ready of={coming} rows={2}>
				{() =>
					theirs.ahead.length > 0 ? (
						<Meetings
							title={m["hours.coming"]()}
							sessions={theirs.ahead}
							onSettled={(how) => {
								times.current++;
								setSettled(how);
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
			<PastMeetings as="supporter" today={theirs.over} />
		</main>
	);
}
