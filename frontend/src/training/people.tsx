import { dayWords } from "../lib/calendar/index.ts";
import { localised, m, number } from "../lib/words/index.ts";
import { Badge, Notice } from "../ui/index.ts";
import { up } from "../ui/pictures.ts";
import { NeedList } from "./needs.tsx";
import type { Enrolled, Intake } from "./types.ts";

/** People are those who have a place, and those who wait in their order, each with what she needs in order to come. */
export function People({ of: { people, mayChange } }: { of: Pick<Intake, "people" | "mayChange"> }) {
	const enrolled = people.filter((one) => one.state === "enrolled");
	const waiting = people.filter((one) => one.state === "waiting");
	return (
		<>
			<Part title={m["course.enrolled"]()} people={enrolled} grouped={mayChange} />
			{waiting.length > 0 && <Part title={m["course.line"]()} people={waiting} grouped={mayChange} />}
		</>
	);
}

interface PartProps {
	title: string;
	people: readonly Enrolled[];
	/** Their groups are shown: a trainer is told none but the intake's. */
	grouped: boolean;
}

function Part({ title, people, grouped }: PartProps) {
	return (
		<section class="stack tight ruled">
			<h3>
				{title} · <span class="num">{number(people.length).toString()}</span>
			</h3>
			{people.length === 0 ? (
				<p class="soft">{m["course.nobody"]()}</p>
			) : (
				<ol class="list">
					{people.map((one, at) => (
						<li key={one.enrolment} class="line one">
							<b class="ava">{number(one.position ?? at + 1).toString()}</b>
							<Person of={one} grouped={grouped} />
						</li>
					))}
				</ol>
			)}
		</section>
	);
}

function Person({ of: one, grouped }: { of: Enrolled; grouped: boolean }) {
	return (
		<div class="grow stack tight">
			<p>
				{one.name ? <b>{one.name}</b> : <span class="soft">{m["course.noName"]()}</span>}{" "}
				{grouped && one.group && <span class="soft">{localised(one.group.name)}</span>}
			</p>
			{one.movedUp && (
				<p>
					<Badge tone="info" picture={up}>
						{m["course.movedUp"]()}
					</Badge>{" "}
					<small class="nb">{dayWords(one.movedUp)}</small>
				</p>
			)}
			{(one.needs.length > 0 || !one.damaged) && <NeedList needs={one.needs} />}
			{one.note && <blockquote class="msg">{one.note}</blockquote>}
			{one.damaged && <Notice tone="warn">{m["mine.damaged"]()}</Notice>}
		</div>
	);
}
