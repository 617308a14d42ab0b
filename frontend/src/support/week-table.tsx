import {
	clockDigits,
	firstCalendar,
	nepalClock,
	partOf,
	partWords,
	shortDay,
	toBikram,
	weekdayOf,
	weekdayShort,
} from "../lib/calendar/index.ts";
import { language, localised, m, number, numerals } from "../lib/words/index.ts";
import type { Week, WeekSession } from "./types.ts";
import { manyGroups, type WeekRow, weekRows } from "./week.ts";

/** WeekTable has a row for each supporter and a column for each day; on a phone it is a stack. */
export function WeekTable({ week, today }: { week: Week; today: string }) {
	const rows = weekRows(week);
	const groups = manyGroups(week);
	if (rows.length === 0) return <p class="card">{m["peer.week.noLoad"]()}</p>;
	const none = week.days.every(({ sessions }) => sessions.length === 0);
	return (
		<section class="card slab stack">
			{none && <p>{m["peer.week.none"]()}</p>}
			<table class="week">
				<thead>
					<tr>
						<th scope="col">{m["peer.week.supporter"]()}</th>
						{week.days.map(({ day }) => (
							<th key={day} scope="col" class={day === today ? "now" : ""}>
								{dayLabel(day)}
								{day === today && ` · ${m["rel.today"]()}`}
								<br />
								<small>{shortDay(day, firstCalendar() === "bs" ? "ad" : "bs")}</small>
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<Row key={row.supporter ?? ""} row={row} week={week} today={today} groups={groups} />
					))}
				</tbody>
			</table>
		</section>
	);
}

interface RowProps {
	row: WeekRow;
	week: Week;
	today: string;
	groups: boolean;
}

function Row({ row, week, today, groups }: RowProps) {
	return (
		<tr>
			<th scope="row">
				<b translate={false}>{row.supporter ?? m["meet.someone"]()}</b>
				{row.cap > 0 && <Load row={row} />}
			</th>
			{week.days.map(({ day }, i) => {
				const meetings = row.days[i] ?? [];
				const look = [day === today && "now", meetings.length === 0 && "nil"].filter(Boolean).join(" ");
				return (
					<td key={day} class={look} data-l={dayLabel(day)}>
						{meetings.length === 0 && <span class="gap">–</span>}
						{meetings.map((meeting) => (
							<Meeting key={meeting.id} meeting={meeting} group={groups} />
						))}
					</td>
				);
			})}
		</tr>
	);
}

function Load({ row }: { row: WeekRow }) {
	const words = m["week.load"]({ done: number(row.booked), cap: number(row.cap) });
	return (
		<div class="clock">
			<span class="soft">{words}</span>
			<progress
				class={row.booked >= row.cap ? "warn" : ""}
				value={row.booked}
				max={row.cap}
				aria-label={`${row.supporter ?? m["meet.someone"]()}: ${words}`}
			/>
		</div>
	);
}

function Meeting({ meeting, group }: { meeting: WeekSession; group: boolean }) {
	const at = nepalClock(meeting.start);
	const off = meeting.state === "cancelled";
	return (
		<div class={off ? "ev ask" : "ev"}>
			<b class="num nb">{clockDigits(at)}</b>{" "}
			{language.value !== "nb" && <small>{partWords(partOf(at.hour))}</small>}
			<br />
			<span translate={meeting.member ? false : undefined}>{meeting.member ?? m["hours.someone"]()}</span>
			{group && meeting.group && (
				<>
					{" "}
					<small>{localised(meeting.group.name)}</small>
				</>
			)}
			{off && (
				<>
					<br />
					<b>{m["meet.state.cancelled"]()}</b>
				</>
			)}
		</div>
	);
}

/** A day as short as a column's head: "आइत १३", "Sun 13". */
function dayLabel(day: string): string {
	const date = firstCalendar() === "bs" ? (toBikram(day)?.day ?? 0) : Number(day.slice(8));
	return `${weekdayShort(weekdayOf(day))} ${numerals(String(date))}`;
}
