import { useState } from "preact/hooks";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Button, Icon, Ready } from "../ui/index.ts";
import { down } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { findPast } from "./api.ts";
import { With } from "./meetings.tsx";
import type { Session } from "./types.ts";
import { When } from "./when.tsx";

interface Props {
	as: Session["as"];
	/** Those of today that are over; the server keeps them with the coming ones until midnight. */
	today: readonly Session[];
}

/** PastMeetings are asked for only when she opens them. */
export function PastMeetings({ as, today }: Props) {
	const [opened, setOpened] = useState(false);
	return (
		<details class="card" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
			<summary class="line one">
				<h2 class="lab grow">{m["meet.past"]()}</h2>
				<Icon of={down} />
			</summary>
			{opened && (
				<div class="stack fold">
					<List as={as} today={today} />
				</div>
			)}
		</details>
	);
}

function List({ as, today }: Props) {
	const past = usePaged(findPast);
	const hers = [...[...today].reverse(), ...past.items.filter((session) => session.as === as)];
	return (
		<Ready of={past} rows={2}>
			{() => (
				<>
					{hers.length === 0 && !past.more && <p class="soft">{m["meet.pastNone"]()}</p>}
					{hers.length > 0 && (
						<ul class="list">
							{hers.map((session) => (
								<li key={session.id}>
									<div class="grow">
										<When start={session.start} />
										<With session={session} />
									</div>
								</li>
							))}
						</ul>
					)}
					{past.more && (
						<>
							<Trouble problem={past.more.problem} />
							<Button kind="quiet" busy={past.more.busy} onPress={past.more.run}>
								{m["meet.more"]()}
							</Button>
						</>
					)}
				</>
			)}
		</Ready>
	);
}
