import {
	clockWords,
	dayInNepal,
	daysBetween,
	firstCalendar,
	nepalClock,
	shortDay,
	weekdayOf,
	weekdayWords,
	zoneWords,
} from "../lib/calendar/index.ts";
import { m, number } from "../lib/words/index.ts";

/** When says the time of a meeting: weekday and hour large, the date in both calendars, and both clocks where they differ. */
export function When({ start, big = false }: { start: string; big?: boolean }) {
	const day = dayInNepal(start);
	const zones = zoneWords(start);
	return (
		<div>
			<p class={big ? "big cap" : "cap"}>
				<b>
					<DayAndTime start={start} />
				</b>
			</p>
			<p class="soft">
				<span class="nb">{shortDay(day)}</span>{" "}
				<small class="nb">{shortDay(day, firstCalendar() === "bs" ? "ad" : "bs")}</small> ·{" "}
				<span class="nb">{relativeDay(day)}</span>
			</p>
			{zones && <p class="soft cap">{zones}</p>}
		</div>
	);
}

/** DayAndTime is weekday and hour in Nepal, on one line if there is room: "सोमबार, दिउँसो २:०० बजे". */
export function DayAndTime({ start }: { start: string }) {
	return (
		<>
			{m["meet.dayAndTime"]({
				day: weekdayWords(weekdayOf(dayInNepal(start))),
				time: clockWords(nepalClock(start)),
			})}
		</>
	);
}

/** relativeDay says how far away a day is from today in Nepal. */
export function relativeDay(day: string, today: string = dayInNepal(Date.now())): string {
	const away = daysBetween(today, day);
	if (away === 0) return m["rel.today"]();
	if (away === 1) return m["rel.tomorrow"]();
	if (away === -1) return m["rel.yesterday"]();
	return away > 0 ? m["rel.inDays"]({ count: number(away) }) : m["rel.daysAgo"]({ count: number(-away) });
}
