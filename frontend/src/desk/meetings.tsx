import type { DeskSession } from "../lib/api/index.ts";
import { clockWords, nepalClock } from "../lib/calendar/index.ts";
import { localised, m, number } from "../lib/words/index.ts";
import { Badge, Icon, LinkButton } from "../ui/index.ts";
import { bad, cal, clock, down, ok, pause } from "../ui/pictures.ts";

interface Props {
	sessions: readonly DeskSession[];
	/** The instant it is, ms. */
	now: number;
}

/** Meetings are today's one-to-one meetings in her groups, by the clock in Nepal; those that are over lie folded away. */
export function Meetings({ sessions, now }: Props) {
	const over = sessions.filter((session) => Date.parse(session.end) <= now);
	const ahead = sessions.filter((session) => Date.parse(session.end) > now);
	return (
		<section class="card stack">
			<div class="line">
				<h2 class="grow">{m["desk.meetings"]()}</h2>
				<LinkButton kind="quiet" picture={cal} href="/week">
					{m["desk.week"]()}
				</LinkButton>
			</div>
			{sessions.length === 0 && <p class="soft">{m["desk.meetings.none"]()}</p>}
			{ahead.length > 0 && <Listed sessions={ahead} now={now} />}
			{over.length > 0 && (
				<details>
					<summary class="btn quiet">
						{m["desk.past"]()} · {number(over.length).toString()} <Icon of={down} />
					</summary>
					<Listed sessions={over} now={now} />
				</details>
			)}
		</section>
	);
}

function Listed({ sessions, now }: Props) {
	return (
		<table class="tbl">
			<thead>
				<tr>
					<th>{m["desk.time"]()}</th>
					<th>{m["role.member"]()}</th>
					<th>{m["role.peer"]()}</th>
					<th>{m["people.state"]()}</th>
				</tr>
			</thead>
			<tbody>
				{sessions.map((session) => (
					<tr key={session.id}>
						<td class="num" data-l={m["desk.time"]()}>
							<time dateTime={session.start}>{clockWords(nepalClock(session.start))}</time>
						</td>
						<td data-l={m["role.member"]()}>
							<Named name={session.member} />
							{session.group && <span class="soft"> ({localised(session.group.name)})</span>}
						</td>
						<td data-l={m["role.peer"]()}>
							<Named name={session.supporter} />
						</td>
						<td data-l={m["people.state"]()}>
							<SessionBadge of={session} now={now} />
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Named({ name }: { name: string | null }) {
	return name ? <b>{name}</b> : <span class="soft">{m["course.noName"]()}</span>;
}

function SessionBadge({ of: { state, start, end }, now }: { of: DeskSession; now: number }) {
	if (state === "cancelled") return <Badge picture={bad}>{m["desk.called"]()}</Badge>;
	if (Date.parse(end) <= now) return <Badge picture={pause}>{m["desk.past"]()}</Badge>;
	return Date.parse(start) <= now ? (
		<Badge tone="ok" picture={ok}>
			{m["desk.running"]()}
		</Badge>
	) : (
		<Badge tone="info" picture={clock}>
			{m["desk.coming"]()}
		</Badge>
	);
}
