import type { Enrolment } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { localised, m, number } from "../lib/words/index.ts";
import { coursePicture } from "../training/index.ts";
import { Icon } from "../ui/index.ts";
import { book, next } from "../ui/pictures.ts";

interface Props {
	places: readonly Enrolment[];
	/** What was there before two people let her in again is closed to her for a while. */
	held: boolean;
	today: string;
}

/** Training tells of her places and of the lines she waits in; the page of training has the rest. */
export function Training({ places, held, today }: Props) {
	const live = places.filter((place) => place.state !== "withdrawn" && place.ends >= today);
	return (
		<ul class="card list">
			{live.map((place) => (
				<li key={place.id} class="row">
					<Icon of={coursePicture(place.course.picture)} framed />
					<a class="grow whole" href="/learn">
						<b>{localised(place.course.name)}</b>
						<br />
						<span class="soft">{standing(place)}</span>
					</a>
					<Icon of={next} />
				</li>
			))}
			{live.length === 0 && (
				<li class="row">
					<Icon of={book} framed />
					<a class="grow whole" href="/learn">
						{!held && `${m["home.noTraining"]()} `}
						<b>{m["home.seeTraining"]()}</b>
					</a>
					<Icon of={next} />
				</li>
			)}
		</ul>
	);
}

function standing({ state, position, movedUp, begins }: Enrolment): string {
	if (state === "waiting") return m["home.line"]({ count: number(position ?? 1) });
	const date = dayWords(begins);
	return movedUp ? m["home.moved"]({ date }) : m["home.place"]({ date });
}
