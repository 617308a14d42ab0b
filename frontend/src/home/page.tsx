import { useEffect, useRef, useState } from "preact/hooks";
import { has } from "../account/index.ts";
import { dayInNepal, dayWords, weekdayOf, weekdayWords } from "../lib/calendar/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { isLanguage, m, number, suggestLanguage } from "../lib/words/index.ts";
import { News } from "../notice/index.ts";
import { findComing, parted, type Settled, SettledNote } from "../support/index.ts";
import { Day } from "../ui/day.tsx";
import { Heading, Icon, LinkButton, Notice, Ready } from "../ui/index.ts";
import { clock, leaf, lock, next } from "../ui/pictures.ts";
import { findMe, findPlaces } from "./api.ts";
import { NextMeeting } from "./next-meeting.tsx";
import { Training } from "./training.tsx";
import { Ways } from "./ways.tsx";

/** HomePage: her next meeting in the largest type, what she may want to do, and what is coming. */
export default function HomePage() {
	const me = useLoad(findMe);
	const coming = useLoad(findComing);
	const places = useLoad(findPlaces);
	const [settled, setSettled] = useState<Settled | null>(null);
	// How many times something came of it here; each is told anew.
	const times = useRef(0);
	const today = dayInNepal(Date.now());
	const hers = me.data?.language;
	useEffect(() => {
		if (hers && isLanguage(hers)) suggestLanguage(hers);
	}, [hers]);

	// The list is of whole days: one that is over today is not the next.
	const booked = parted(coming.data ?? [], Date.now()).ahead.filter((session) => session.state === "booked");
	const supporting = booked.filter((session) => session.as === "supporter").length;
	const held = Boolean(me.data?.closed);
	return (
		<main id="main">
			<div>
				<Heading>{me.data?.alias ? m["home.greeting"]({ name: me.data.alias }) : m["brand.name"]()}</Heading>
				<p class="soft cap">
					{weekdayWords(weekdayOf(today))}, <Day of={today} />
				</p>
			</div>
			{me.data?.closed && (
				<Notice tone="info" picture={lock}>
					{m["held.until"]({ date: dayWords(me.data.closed.until) })}{" "}
					{!has("applicant") && m["held.hidden"]()} <a href="/mine">{m["held.link"]()}</a>
				</Notice>
			)}
			<News />
			{settled && <SettledNote key={times.current} how={settled} cancelled={m["meet.cancelled"]()} />}
			<Ready of={coming} rows={2}>
				{() => (
					<NextMeeting
						session={booked[0] ?? null}
						held={held}
						onSettled={(how) => {
							times.current++;
							setSettled(how);
							coming.reload();
						}}
					/>
				)}
			</Ready>
			<Ways />
			{(supporting > 0 || has("peerSupporter")) && <Supporting count={supporting} />}
			<section class="stack">
				<h2>{m["home.training"]()}</h2>
				<Ready of={places} rows={1}>
					{(all) => <Training places={all} held={held} today={today} />}
				</Ready>
			</section>
			<LinkButton wide picture={leaf} href="/read">
				{m["read.title"]()}
			</LinkButton>
		</main>
	);
}

/** Supporting leads a supporter to whom she meets. */
function Supporting({ count }: { count: number }) {
	return (
		<ul class="card list">
			<li class="row">
				<Icon of={clock} framed />
				<a class="grow whole" href="/hours">
					<b>{m["nav.hours"]()}</b>
					<br />
					<span class="soft">
						{count > 0 ? m["home.supporting"]({ count: number(count) }) : m["hours.comingNone"]()}
					</span>
				</a>
				<Icon of={next} />
			</li>
		</ul>
	);
}
