import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge } from "../ui/index.ts";
import { clock, ok } from "../ui/pictures.ts";
import type { Thread } from "./types.ts";
import { matterStateWords } from "./words.ts";

/** ThreadClocks says where it stands, and of each answer that it is given or by when it comes. */
export function ThreadClocks({ thread }: { thread: Thread }) {
	const closed = thread.state === "closed";
	const clocks = [
		{ what: m["clock.ack"](), by: thread.acknowledgeBy, done: thread.acknowledged || closed },
		...(thread.decideBy
			? [{ what: m["clock.decision"](), by: thread.decideBy, done: thread.state === "decided" || closed }]
			: []),
		{ what: m["clock.outcome"](), by: thread.outcomeBy, done: closed },
	];
	return (
		<section class="card stack">
			<div class="line">
				<h2 class="grow">{m["handle.times"]()}</h2>
				<Badge tone={closed ? "ok" : "info"} picture={closed ? ok : clock}>
					{matterStateWords(thread.state)}
				</Badge>
			</div>
			<ul class="list">
				{clocks.map(({ what, by, done }) => (
					<li key={what} class="line">
						<span class="grow">{what}</span>
						{done ? (
							<Badge tone="ok" picture={ok}>
								{m["receipt.clock.done"]()}
							</Badge>
						) : (
							<span class="wraps">
								<span class="soft">{m["receipt.clock.by"]()}</span> <Day of={by} />
							</span>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
