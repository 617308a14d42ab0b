import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Button, Icon, Notice, Ready } from "../ui/index.ts";
import { pen } from "../ui/pictures.ts";
import { SidePart } from "../ui/side-part.tsx";
import { findIntake } from "./api.ts";
import { IntakeBadge } from "./badges.tsx";
import { Cancel } from "./cancel.tsx";
import { Fact, Facts } from "./facts.tsx";
import { People } from "./people.tsx";
import { ChangeSeats } from "./seats.tsx";
import type { Intake } from "./types.ts";
import { courseName, coursePicture } from "./words.ts";

interface Props {
	id: string;
	onClose: () => void;
	onChanged: (now: Intake) => void;
}

/** IntakeView shows one intake beside the list: its facts, who has a place and who waits, and what can be changed. */
export function IntakeView({ id, onClose, onChanged }: Props) {
	const intake = useLoad<Answer<Intake>>(() => findIntake(id), [id]);
	const [said, setSaid] = useState<string | null>(null);
	const [changing, setChanging] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	const here = intake.data !== null;
	useEffect(() => {
		if (changing) return;
		heading.current?.focus({ preventScroll: true });
		heading.current?.scrollIntoView({ block: "nearest" });
	}, [here, said, changing]);

	function changed(now: Answer<Intake>, words: string | null): void {
		setChanging(false);
		setSaid(words);
		intake.put(now);
		onChanged(now.data);
	}
	return (
		<SidePart onClose={onClose}>
			<Ready of={intake} rows={4}>
				{(answer) => (
					<>
						<div class="line one">
							<Icon of={coursePicture(answer.data.course.picture)} framed />
							<div class="grow stack tight">
								<h2 ref={heading} tabIndex={-1}>
									{courseName(answer.data.course)}
								</h2>
								<p>
									<IntakeBadge of={answer.data} />
								</p>
							</div>
						</div>
						{said && (
							<Notice tone="ok" live>
								{said}
							</Notice>
						)}
						{changing ? (
							<ChangeSeats answer={answer} onDone={changed} onLeave={() => setChanging(false)} />
						) : (
							<>
								<About of={answer.data} />
								{mayStillChange(answer.data) && (
									<div class="line">
										<Button
											picture={pen}
											onPress={() => {
												setSaid(null);
												setChanging(true);
											}}
										>
											{m["course.seats.change"]()}
										</Button>
										<Cancel answer={answer} onCancelled={changed} onFresh={(now) => changed(now, null)} />
									</div>
								)}
								<People of={answer.data} />
							</>
						)}
					</>
				)}
			</Ready>
		</SidePart>
	);
}

function mayStillChange({ mayChange, state }: Intake): boolean {
	return mayChange && state !== "cancelled" && state !== "finished";
}

function About({ of: intake }: { of: Intake }) {
	return (
		<Facts of={intake}>
			<Fact name={m["course.seats"]()}>
				{m["course.filled"]({ seats: number(intake.seats), enrolled: number(intake.enrolled) })}
			</Fact>
			<Fact name={m["course.opens"]()}>{dayWords(intake.opens)}</Fact>
			<Fact name={m["course.closes"]()}>{dayWords(intake.closes)}</Fact>
			{intake.trainer && <Fact name={m["role.trainer"]()}>{intake.trainer}</Fact>}
		</Facts>
	);
}
