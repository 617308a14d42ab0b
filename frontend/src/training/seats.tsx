import { useEffect, useRef, useState } from "preact/hooks";
import { type Answer, Problem } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, number, numerals } from "../lib/words/index.ts";
import { Button, Field, Form, Notice } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { changeIntake, findIntake } from "./api.ts";
import { mostSeats, seatsOf } from "./entry.ts";
import type { Intake } from "./types.ts";

interface Props {
	answer: Answer<Intake>;
	onDone: (now: Answer<Intake>, words: string) => void;
	onLeave: () => void;
}

/**
 * ChangeSeats gives an intake more places or fewer. If another changed it
 * meanwhile, what stands there now is shown, and nothing is sent before she has
 * seen it.
 */
export function ChangeSeats({ answer, onDone, onLeave }: Props) {
	const [base, setBase] = useState(answer);
	const [typed, setTyped] = useState(numerals(String(answer.data.seats)));
	const [wrong, setWrong] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const overtaken = base !== answer;

	const saving = useAct(async () => {
		const seats = seatsOf(typed);
		setWrong(seats === null);
		if (seats === null) return;
		try {
			onDone(await changeIntake(base.data.id, { seats }, base.version), m["course.seats.kept"]());
		} catch (trouble) {
			if (!(trouble instanceof Problem) || trouble.status !== 412) throw trouble;
			setBase(await findIntake(base.data.id));
		}
	});
	return (
		<Form class="stack ruled" onSend={saving.run}>
			<h3 ref={heading} tabIndex={-1}>
				{m["course.seats.change"]()}
			</h3>
			<p>{m["course.filled"]({ seats: number(base.data.seats), enrolled: number(base.data.enrolled) })}</p>
			{overtaken && (
				<Notice tone="warn" title={m["correct.conflict"]()} live>
					{m["course.seats.theirs"]({ seats: number(base.data.seats) })}. {m["correct.conflict.safe"]()}
				</Notice>
			)}
			<Field
				label={m["course.seats"]()}
				hint={m["course.seats.more"]()}
				inputMode="numeric"
				maxLength={3}
				value={typed}
				onInput={setTyped}
				error={
					wrong && seatsOf(typed) === null
						? m["course.seats.wrong"]({ most: numerals(String(mostSeats)) })
						: fieldWords(saving.problem, "seats")
				}
			/>
			<Trouble problem={saving.problem} />
			<div class="line">
				<Button type="submit" kind="primary" busy={saving.busy}>
					{m["do.keep"]()}
				</Button>
				<Button kind="quiet" onPress={onLeave}>
					{m["do.leave"]()}
				</Button>
			</div>
		</Form>
	);
}
