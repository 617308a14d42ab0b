import { m } from "../lib/words/index.ts";
import { Icon } from "../ui/index.ts";
import { down } from "../ui/pictures.ts";
import { Days } from "./days.tsx";
import { Leave } from "./leave.tsx";
import { PlaceStanding, ToldUs } from "./place.tsx";
import { isLive, type Place } from "./standing.ts";
import { timesWords } from "./times.ts";
import type { Enrolment } from "./types.ts";
import { courseName, coursePicture } from "./words.ts";

interface Props {
	now: readonly Place[];
	over: readonly Place[];
	onLeft: (now: Enrolment) => void;
}

/** Places are hers: what she has a seat in or waits for, and folded away what is over. */
export function Places({ now, over, onLeft }: Props) {
	if (now.length + over.length === 0) return null;
	return (
		<section class="card slab stack">
			<h2>{m["learn.mine"]()}</h2>
			{now.length > 0 && (
				<ul class="list">
					{now.map((place) => (
						<li key={place.enrolment.id}>
							<OnePlace place={place} onLeft={onLeft} />
						</li>
					))}
				</ul>
			)}
			{over.length > 0 && (
				<details>
					<summary class="btn quiet">
						{m["learn.earlier"]()} <Icon of={down} />
					</summary>
					<ul class="list">
						{over.map((place) => (
							<li key={place.enrolment.id}>
								<Icon of={coursePicture(place.enrolment.course.picture)} />
								<span class="grow">
									<b>{courseName(place.enrolment.course)}</b>
									<br />
									<Days from={place.enrolment.begins} to={place.enrolment.ends} />
								</span>
								<Over place={place} />
							</li>
						))}
					</ul>
				</details>
			)}
		</section>
	);
}

function OnePlace({ place, onLeft }: { place: Place; onLeft: (now: Enrolment) => void }) {
	const { enrolment, intake } = place;
	return (
		<div class="grow stack tight">
			<div class="line one">
				<Icon of={coursePicture(enrolment.course.picture)} framed />
				<h3 class="lead grow">{courseName(enrolment.course)}</h3>
			</div>
			<PlaceStanding of={place} />
			{intake?.state !== "cancelled" && (
				<>
					<p>
						<Days from={enrolment.begins} to={enrolment.ends} />
					</p>
					{timesWords(enrolment.times).map((text) => (
						<p key={text}>{text}</p>
					))}
					<ToldUs enrolment={enrolment} />
					<Leave enrolment={enrolment} onLeft={onLeft} />
				</>
			)}
		</div>
	);
}

function Over({ place: { enrolment, intake } }: { place: Place }) {
	if (intake?.state === "cancelled") return <span>{m["learn.cancelled"]()}</span>;
	return <span>{isLive(enrolment) ? m["learn.finished"]() : m["learn.gone"]()}</span>;
}
