import { dayWords, firstCalendar, writtenDay } from "../lib/calendar/index.ts";
import { localised, m, number } from "../lib/words/index.ts";
import { Empty, Icon } from "../ui/index.ts";
import { next } from "../ui/pictures.ts";
import { EnrolmentBadge, IntakeBadge } from "./badges.tsx";
import { isLive } from "./standing.ts";
import { timesWords } from "./times.ts";
import type { Course, IntakeCard } from "./types.ts";
import { courseName, coursePicture } from "./words.ts";

interface Props {
	courses: readonly Course[];
	onOpen: (intake: string) => void;
}

/** Courses shows what is taught, with a picture and plain words; each intake of it can be opened. */
export function Courses({ courses, onOpen }: Props) {
	if (courses.length === 0) {
		return (
			<Empty title={m["learn.empty"]()}>
				<p class="soft">{m["learn.empty.hint"]()}</p>
			</Empty>
		);
	}
	return (
		<section class="stack">
			<h2>{m["learn.courses"]()}</h2>
			{withIntakesFirst(courses).map((course) => (
				<article class="card stack" key={course.id}>
					<div class="line one">
						<Icon of={coursePicture(course.picture)} framed />
						<h3 class="lead grow">{courseName(course)}</h3>
					</div>
					<p>{localised(course.about)}</p>
					{course.intakes.length === 0 ? (
						<p class="soft">{m["learn.noIntake"]()}</p>
					) : (
						<ul class="list">
							{course.intakes.map((intake) => (
								<li class="row" key={intake.id}>
									<Summary intake={intake} course={course} onOpen={onOpen} />
									<Icon of={next} />
								</li>
							))}
						</ul>
					)}
				</article>
			))}
		</section>
	);
}

interface SummaryProps {
	intake: IntakeCard;
	course: Course;
	onOpen: (intake: string) => void;
}

function Summary({ intake, course, onOpen }: SummaryProps) {
	return (
		<div class="grow stack tight">
			<p>
				{isLive(intake.mine) && intake.mine ? (
					<EnrolmentBadge state={intake.mine.state} />
				) : (
					<IntakeBadge of={intake} />
				)}
			</p>
			<button
				type="button"
				class="whole"
				data-opens={intake.id}
				aria-label={m["learn.see"]({ course: courseName(course), date: dayWords(intake.begins) })}
				onClick={() => onOpen(intake.id)}
			>
				<b>
					<time dateTime={intake.begins}>{dayWords(intake.begins)}</time>
				</b>
			</button>
			<small>{writtenDay(intake.begins, firstCalendar() === "bs" ? "ad" : "bs")}</small>
			{timesWords(intake.times).map((text) => (
				<p key={text}>{text}</p>
			))}
			{intake.state === "open" && <Room of={intake} />}
		</div>
	);
}

/** Room says how many places are left, or how many wait where none is. */
export function Room({ of: { seats, left, waiting } }: { of: IntakeCard }) {
	if (left === 0 && waiting === 0) return null;
	return (
		<p class="soft">
			{left > 0
				? m["learn.seatsLeft"]({ seats: number(seats), left: number(left) })
				: m["learn.waiting"]({ count: number(waiting) })}
		</p>
	);
}

// What she can come to stands before what nobody can come to now.
function withIntakesFirst(courses: readonly Course[]): Course[] {
	function rank({ intakes }: Course): number {
		if (intakes.some((one) => one.state === "open" && one.left > 0)) return 0;
		if (intakes.some((one) => one.state === "open")) return 1;
		return intakes.length > 0 ? 2 : 3;
	}
	return [...courses].sort((a, b) => rank(a) - rank(b));
}
