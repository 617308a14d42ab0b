import { useState } from "preact/hooks";
import { dayWords } from "../lib/calendar/index.ts";
import { localised, m } from "../lib/words/index.ts";
import { Button, Heading, Icon, Notice } from "../ui/index.ts";
import { back } from "../ui/pictures.ts";
import { Apply } from "./apply.tsx";
import { IntakeBadge } from "./badges.tsx";
import { Room } from "./courses.tsx";
import { Facts } from "./facts.tsx";
import { Leave } from "./leave.tsx";
import { PlaceStanding, placeInLine, ToldUs } from "./place.tsx";
import { type Way, wayOf } from "./standing.ts";
import type { Course, Enrolment, IntakeCard } from "./types.ts";
import { courseName, coursePicture } from "./words.ts";

interface Props {
	course: Course;
	intake: IntakeCard;
	onBack: () => void;
	onChanged: (now: Enrolment) => void;
}

/** IntakeStep shows one intake and the one thing that she can do about it. */
export function IntakeStep({ course, intake, onBack, onChanged }: Props) {
	const way = wayOf(intake, course);
	const [said, setSaid] = useState<Enrolment | null>(null);
	function changed(now: Enrolment): void {
		setSaid(now);
		onChanged(now);
	}
	return (
		<>
			<div>
				<Button kind="quiet" picture={back} onPress={onBack}>
					{m["people.back"]()}
				</Button>
			</div>
			<div class="line one">
				<Icon of={coursePicture(course.picture)} framed />
				<div class="grow">
					<Heading key={intake.id}>{courseName(course)}</Heading>
				</div>
			</div>
			{said && <Said of={said} />}
			<section class="card stack">
				<p>{localised(course.about)}</p>
				<Facts of={intake} />
				<div class="stack tight">
					<p>
						<IntakeBadge of={intake} />
					</p>
					<p>{windowWords(intake)}</p>
					{intake.state === "open" && <Room of={intake} />}
				</div>
			</section>
			<Doing way={way} intake={intake} onChanged={changed} />
		</>
	);
}

interface DoingProps {
	way: Way;
	intake: IntakeCard;
	onChanged: (now: Enrolment) => void;
}

function Doing({ way, intake, onChanged }: DoingProps) {
	if (way === "mine" && intake.mine) {
		return (
			<section class="card slab stack">
				<h2>{m["learn.mine"]()}</h2>
				<PlaceStanding of={{ enrolment: intake.mine, intake }} />
				<ToldUs enrolment={intake.mine} />
				{(intake.state === "open" || intake.state === "closed" || intake.state === "running") && (
					<Leave enrolment={intake.mine} onLeft={onChanged} />
				)}
			</section>
		);
	}
	if (way === "elsewhere") return <Notice tone="info">{m["learn.already"]()}</Notice>;
	if (way === "apply" || way === "wait") {
		return <Apply intake={intake} full={way === "wait"} onApplied={onChanged} />;
	}
	return null;
}

/** What is said when her place has just changed. */
function Said({ of: now }: { of: Enrolment }) {
	if (now.state === "waiting") {
		return (
			<Notice tone="ok" title={placeInLine(now)} live>
				{m["learn.lined"]()}
			</Notice>
		);
	}
	return (
		<Notice tone="ok" live>
			{now.state === "enrolled" ? m["learn.placed"]() : m["learn.left"]()}
		</Notice>
	);
}

/** The days on which one can apply, in words. */
function windowWords(intake: IntakeCard): string {
	if (intake.state === "cancelled") return m["learn.cancelledWhat"]();
	if (intake.state === "planned") return m["learn.opens"]({ date: dayWords(intake.opens) });
	if (intake.state === "open") return m["learn.closes"]({ date: dayWords(intake.closes) });
	return m["learn.closedOn"]({ date: dayWords(intake.closes) });
}
