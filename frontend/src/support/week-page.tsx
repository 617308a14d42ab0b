import { useState } from "preact/hooks";
import {
	addDays,
	type Calendar,
	dayInNepal,
	firstCalendar,
	shortDay,
	weekdayOf,
	writtenDay,
} from "../lib/calendar/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { language, m } from "../lib/words/index.ts";
import { Button, Heading, Icon, Ready } from "../ui/index.ts";
import { back, next, print } from "../ui/pictures.ts";
import { findWeek } from "./api.ts";
import { WeekTable } from "./week-table.tsx";

/** WeekPage: the meetings of a week by supporter and day, and how much each supporter has; it prints on one sheet. */
export default function WeekPage() {
	const today = dayInNepal(Date.now());
	const thisWeek = addDays(today, -weekdayOf(today));
	const [from, setFrom] = useState(thisWeek);
	const week = useLoad(() => findWeek(from), [from]);
	const to = addDays(from, 6);
	const other = firstCalendar() === "bs" ? "ad" : "bs";

	return (
		<main id="main">
			<div class="line head">
				<div class="grow">
					<Heading>{m["peer.week.title"]()}</Heading>
					<p role="status">
						<b>{range(from, to, firstCalendar())}</b> <small>{range(from, to, other)}</small>
					</p>
				</div>
				<Turn picture={back} words={m["peer.week.before"]()} onPress={() => setFrom(addDays(from, -7))} />
				<Button disabled={from === thisWeek} onPress={() => setFrom(thisWeek)}>
					{m["week.this"]()}
				</Button>
				<Turn picture={next} words={m["peer.week.after"]()} onPress={() => setFrom(addDays(from, 7))} />
				<Button picture={print} onPress={() => window.print()}>
					{m["do.print"]()}
				</Button>
			</div>
			<Ready of={week} rows={5}>
				{(now) => <WeekTable week={now} today={today} />}
			</Ready>
		</main>
	);
}

/** From when to when, with the year where the language has it: before the day in Nepali, after it in the others. */
function range(from: string, to: string, calendar: Calendar): string {
	return language.value === "ne"
		? `${writtenDay(from, calendar)} – ${shortDay(to, calendar)}`
		: `${shortDay(from, calendar)} – ${writtenDay(to, calendar)}`;
}

function Turn({ picture, words, onPress }: { picture: string; words: string; onPress: () => void }) {
	return (
		<button type="button" class="btn sq" onClick={onPress}>
			<Icon of={picture} />
			<span class="sr">{words}</span>
		</button>
	);
}
