import { dayWords } from "../lib/calendar/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Icon, Notice } from "../ui/index.ts";
import { down } from "../ui/pictures.ts";
import { EnrolmentBadge, IntakeBadge } from "./badges.tsx";
import { NeedList } from "./needs.tsx";
import { isLive, type Place } from "./standing.ts";
import type { Enrolment } from "./types.ts";

/** PlaceStanding says in a badge and a sentence how her place stands. */
export function PlaceStanding({ of: { enrolment, intake } }: { of: Place }) {
	if (intake?.state === "cancelled") {
		return (
			<>
				<p>
					<IntakeBadge of={intake} />
				</p>
				<p>{m["learn.cancelledWhat"]()}</p>
			</>
		);
	}
	return (
		<>
			<p>
				<EnrolmentBadge state={enrolment.state} />{" "}
				{enrolment.state === "waiting" && <span>{placeInLine(enrolment)}</span>}
			</p>
			{enrolment.movedUp && isLive(enrolment) && (
				<p>{m["learn.movedUp"]({ date: dayWords(enrolment.movedUp) })}</p>
			)}
		</>
	);
}

/** How many stand before her, in words. */
export function placeInLine({ position }: Enrolment): string {
	const ahead = (position ?? 1) - 1;
	return ahead > 0 ? m["wait.place"]({ count: number(ahead) }) : m["learn.first"]();
}

/** ToldUs shows what she told with her application, folded away: others may look over her shoulder. */
export function ToldUs({ enrolment }: { enrolment: Enrolment }) {
	return (
		<details>
			<summary class="btn quiet">
				{m["learn.said"]()} <Icon of={down} />
			</summary>
			<div class="stack tight">
				{(enrolment.needs.length > 0 || !enrolment.damaged) && <NeedList needs={enrolment.needs} />}
				{enrolment.note && <blockquote class="msg me">{enrolment.note}</blockquote>}
				{enrolment.damaged && <Notice tone="warn">{m["mine.damaged"]()}</Notice>}
			</div>
		</details>
	);
}
