import { useState } from "preact/hooks";
import { has } from "../account/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Button, Heading, Notice, Ready } from "../ui/index.ts";
import { useInner } from "../ui/inner.ts";
import { plus } from "../ui/pictures.ts";
import { useReturn } from "../ui/return.ts";
import { findIntakes } from "./api.ts";
import { IntakeList, StateFilter } from "./intake-list.tsx";
import { IntakeView } from "./intake-view.tsx";
import { NewCourse } from "./new-course.tsx";
import { NewIntake } from "./new-intake.tsx";
import type { IntakeRow, IntakeState } from "./types.ts";
import { takeWantedIntake } from "./wanted.ts";

// What is opened beside the list: an intake by its id, or a form.
const newCourse = "new course";
const newIntake = "new intake";

/**
 * CoursesPage: the intakes of a coordinator's groups, or those a trainer
 * teaches, and beside them the one that is opened: who has a place, who waits
 * and what they need. A trainer only looks.
 */
export default function CoursesPage() {
	const mayAdd = has("coordinator");
	const [first] = useState(takeWantedIntake);
	const [state, setState] = useState<IntakeState | "">("");
	const [said, setSaid] = useState<string | null>(null);
	const intakes = usePaged<IntakeRow>((cursor) => findIntakes(state, cursor), [state]);
	const inner = useInner<string>(first);
	const place = useReturn(inner.opened);
	const { opened } = inner;

	function open(what: string): void {
		setSaid(null);
		if (opened === null) place.leave();
		inner.open(what);
	}
	return (
		<main id="main" class={opened ? "opened" : ""}>
			<div class="line head">
				<div class="grow">
					<Heading>{m["nav.learn"]()}</Heading>
					{!mayAdd && <p class="soft">{m["course.yours"]()}</p>}
				</div>
				{mayAdd && (
					<>
						<Button picture={plus} onPress={() => open(newCourse)}>
							{m["course.new"]()}
						</Button>
						<Button kind="primary" picture={plus} onPress={() => open(newIntake)}>
							{m["course.intake.new"]()}
						</Button>
					</>
				)}
			</div>
			{said && (
				<Notice tone="ok" live>
					{said}
				</Notice>
			)}
			<div class={opened ? "beside open" : "beside"}>
				<section class="card stack main-part">
					<StateFilter state={state} onChange={setState} />
					<Ready of={intakes} rows={6}>
						{() => <IntakeList intakes={intakes} opened={opened} mayAdd={mayAdd} onOpen={open} />}
					</Ready>
				</section>
				{opened === newCourse && (
					<NewCourse
						onClose={inner.close}
						onAdded={() => {
							setSaid(m["course.new.kept"]());
							inner.close();
						}}
					/>
				)}
				{opened === newIntake && (
					<NewIntake
						onClose={inner.close}
						onAdded={(intake) => {
							intakes.reload();
							inner.open(intake.id);
						}}
					/>
				)}
				{opened && opened !== newCourse && opened !== newIntake && (
					<IntakeView
						key={opened}
						id={opened}
						onClose={inner.close}
						onChanged={(now) => intakes.replace((row) => (row.id === now.id ? { ...row, ...now } : row))}
					/>
				)}
			</div>
		</main>
	);
}
