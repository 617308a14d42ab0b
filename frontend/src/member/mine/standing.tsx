import type { Me, MembershipState } from "../../lib/api/index.ts";
import { dayWords } from "../../lib/calendar/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { Badge, Icon, type Tone } from "../../ui/index.ts";
import { bad, ok, pause, pin, wait } from "../../ui/pictures.ts";
import { reasonWords, standingWords, stateWords } from "../words.ts";

const shapes: Record<MembershipState, { picture: string; tone?: Tone }> = {
	applied: { picture: wait, tone: "warn" },
	active: { picture: ok, tone: "ok" },
	declined: { picture: bad },
	paused: { picture: pause },
	ended: { picture: pause },
};

/** Standing says how her membership stands, in plain words, and what the coordinator wrote. */
export function Standing({ me }: { me: Me }) {
	const { state, since, reason, words } = me.membership;
	const shape = shapes[state];
	return (
		<section class="card slab stack">
			<div class="line">
				<Badge picture={shape.picture} {...(shape.tone && { tone: shape.tone })}>
					{stateWords(state)}
				</Badge>
				<span class="soft">{m["mine.since"]({ date: dayWords(since) })}</span>
			</div>
			<p class="lead">{standingWords(state)}</p>
			{reason && <p>{m["membership.reason"]({ reason: reasonWords(reason) })}</p>}
			{words && (
				<div>
					<p class="soft">{m["mine.coordinatorWrote"]()}</p>
					<blockquote class="msg">{words}</blockquote>
				</div>
			)}
			{(state === "declined" || state === "ended") && <p>{m["mine.state.after"]()}</p>}
			<p class="soft">
				<Icon of={pin} /> {me.group ? localised(me.group.name) : m["mine.noGroup"]()}
			</p>
		</section>
	);
}
