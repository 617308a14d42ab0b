import { useLocation } from "preact-iso";
import type { MovedUp, SeatsOpen } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { compareWritten } from "../lib/calendar/order.ts";
import { m, number } from "../lib/words/index.ts";
import { courseName, coursePicture, wantIntake } from "../training/index.ts";
import { Day } from "../ui/day.tsx";
import { Icon } from "../ui/index.ts";
import { next } from "../ui/pictures.ts";

/** useOpenIntake leads to the page of courses with one intake opened. */
function useOpenIntake(): (intake: string) => void {
	const { route } = useLocation();
	return (intake) => {
		wantIntake(intake);
		route("/courses");
	};
}

/** MovedUpList names who got a place from the line and is to be told. */
export function MovedUpList({ people }: { people: readonly MovedUp[] }) {
	const open = useOpenIntake();
	if (people.length === 0) return null;
	return (
		<section class="card stack">
			<div>
				<h2>{m["desk.moved"]()}</h2>
				<p class="soft">{m["desk.moved.hint"]()}</p>
			</div>
			<ul class="list">
				{people.map(({ enrolment, intake, course, name, on }) => (
					<li key={enrolment} class="row">
						<Icon of={coursePicture(course.picture)} />
						<div class="grow">
							<button
								type="button"
								class="whole"
								aria-label={m["desk.moved.open"]({
									name: name ?? m["course.noName"](),
									course: courseName(course),
								})}
								onClick={() => open(intake)}
							>
								{name ? <b>{name}</b> : <span class="soft">{m["course.noName"]()}</span>}
							</button>
							<p class="soft">
								{courseName(course)} · <Day of={on} />
							</p>
						</div>
						<Icon of={next} />
					</li>
				))}
			</ul>
		</section>
	);
}

/** OpenPlaces lists intakes that still have places, the first to close first. */
export function OpenPlaces({ places }: { places: readonly SeatsOpen[] }) {
	const open = useOpenIntake();
	if (places.length === 0) return null;
	const soonest = [...places].sort((a, b) => compareWritten(a.closes, b.closes));
	return (
		<section class="card stack">
			<div class="line">
				<h2 class="grow">{m["desk.seats"]()}</h2>
				<a class="btn quiet" href="/courses">
					{m["desk.courses"]()}
				</a>
			</div>
			<ul class="list">
				{soonest.map(({ intake, course, left, closes }) => (
					<li key={intake} class="row">
						<Icon of={coursePicture(course.picture)} />
						<div class="grow">
							<button
								type="button"
								class="whole"
								aria-label={m["desk.seats.open"]({ course: courseName(course) })}
								onClick={() => open(intake)}
							>
								<b>{courseName(course)}</b>
							</button>
							<p class="soft">{m["desk.seats.left"]({ count: number(left) })}</p>
							<p class="soft">{m["learn.closes"]({ date: dayWords(closes) })}</p>
						</div>
						<Icon of={next} />
					</li>
				))}
			</ul>
		</section>
	);
}
