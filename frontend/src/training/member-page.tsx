import { useState } from "preact/hooks";
import { dayInNepal } from "../lib/calendar/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Heading, Notice, Ready } from "../ui/index.ts";
import { useInner } from "../ui/inner.ts";
import { useReturn } from "../ui/return.ts";
import { findLearning } from "./api.ts";
import { Courses } from "./courses.tsx";
import { IntakeStep } from "./intake-step.tsx";
import { Places } from "./places.tsx";
import { type Learning, placesOf, withEnrolment } from "./standing.ts";
import type { Enrolment } from "./types.ts";

/** LearnPage: her places first, then what is taught; one intake opens inside the page. */
export default function LearnPage() {
	const learning = useLoad<Learning>(findLearning);
	const intake = useInner<string>();
	const [left, setLeft] = useState(false);
	const place = useReturn(intake.opened);

	function changed(now: Enrolment): void {
		if (learning.data) learning.put(withEnrolment(learning.data, now));
		learning.reload();
	}
	const opened = learning.data && intake.opened !== null ? findIn(learning.data, intake.opened) : null;
	return (
		<main id="main">
			{!opened && <Heading>{m["nav.learn"]()}</Heading>}
			<Ready of={learning} rows={4}>
				{(held) =>
					opened ? (
						<IntakeStep {...opened} onBack={intake.close} onChanged={changed} />
					) : (
						<>
							{left && (
								<Notice tone="ok" live>
									{m["learn.left"]()}
								</Notice>
							)}
							<Places
								{...placesOf(held, dayInNepal(Date.now()))}
								onLeft={(now) => {
									setLeft(true);
									changed(now);
								}}
							/>
							<Courses
								courses={held.courses}
								onOpen={(id) => {
									setLeft(false);
									place.leave();
									intake.open(id);
								}}
							/>
						</>
					)
				}
			</Ready>
		</main>
	);
}

function findIn({ courses }: Learning, id: string) {
	for (const course of courses) {
		const intake = course.intakes.find((one) => one.id === id);
		if (intake) return { course, intake };
	}
	return null;
}
