import type { DeskSession } from "../lib/api/index.ts";
import { clockWords, nepalClock } from "../lib/calendar/index.ts";
import { localised, m } from "../lib/words/index.ts";
import { Badge, LinkButton } from "../ui/index.ts";
import { bad, cal, clock, ok, pause } from "../ui/pictures.ts";

/** Meetings are today's one-to-one meetings in her groups, by the clock in Nepal. */
export function Meetings({ sessions, now }: { sessions: readonly DeskSession[]; now: number }) {
	return (
		<section class="card stack">
			<div class="line">
				<h2 class="grow">{m["desk.meetings"]()}</h2>
				<LinkButton kind="quiet" picture={cal} href="/week">
					{m["desk.week"]()}
				</LinkButton>
			</div>
			{sessions.length === 0 ? (
				<p class="soft">{m["desk.meetings.none"]()}</p>
			) : (
				<table class="tbl">
					<thead>
						<tr>
							<th>{m["desk.time"]()}</th>
							<th>{m["role.member"]()}</th>
							<th>{m["role.peer"]()}</th>
							<th>{m["mine.field.group"]()}</th>
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
								</td>
								<td data-l={m["role.peer"]()}>
									<Named name={session.supporter} />
								</td>
								<td data-l={m["mine.field.group"]()}>{session.group ? localised(session.group.name) : ""}</td>
								<td data-l={m["people.state"]()}>
									<SessionBadge of={session} now={now} />
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</section>
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
