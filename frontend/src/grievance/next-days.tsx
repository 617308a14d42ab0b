import { m, number } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import type { TalkSent } from "./types.ts";

/** NextDays says what happens now, and by which day at the latest. */
export function NextDays({ sent }: { sent: TalkSent }) {
	const days = [
		{ by: sent.acknowledgeBy, what: m["clock.ack"]() },
		...(sent.decideBy ? [{ by: sent.decideBy, what: m["clock.decision"]() }] : []),
		{ by: sent.outcomeBy, what: m["clock.outcome"]() },
	];
	return (
		<section class="stack">
			<h2>{m["receipt.next"]()}</h2>
			<p class="soft">{m["receipt.latest"]()}</p>
			<ol class="card list">
				{days.map(({ by, what }, at) => (
					<li key={what}>
						<span class="ava" aria-hidden="true">
							{String(number(at + 1))}
						</span>
						<span class="grow wraps">
							<b>
								<Day of={by} />
							</b>
							<br />
							<span class="soft">{what}</span>
						</span>
					</li>
				))}
			</ol>
		</section>
	);
}
