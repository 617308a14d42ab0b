import { useEffect, useRef, useState } from "preact/hooks";
import { type GroupOfMine, Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m, numerals } from "../lib/words/index.ts";
import { findGroups, groupOptions } from "../member/index.ts";
import { DayField } from "../ui/day-field.tsx";
import { Button, Field, Form, Ready, Select } from "../ui/index.ts";
import { SidePart } from "../ui/side-part.tsx";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { addIntake, findCourses, findTrainers } from "./api.ts";
import { type DayName, dayFaults, dayOrder, type IntakeDays, inOrder, mostSeats, seatsOf } from "./entry.ts";
import { TimeRows } from "./time-rows.tsx";
import type { Course, Intake, Trainer, WeeklyTime } from "./types.ts";
import { courseName } from "./words.ts";

interface Props {
	onClose: () => void;
	onAdded: (intake: Intake) => void;
}

/** NewIntake adds one run of a course: for whom, how many, on which days and at which hours. */
export function NewIntake({ onClose, onAdded }: Props) {
	const known = useLoad(async () => {
		const [courses, groups, trainers] = await Promise.all([findCourses(), findGroups(), findTrainers()]);
		return { courses, groups, trainers };
	});
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	return (
		<SidePart onClose={onClose}>
			<h2 ref={heading} tabIndex={-1}>
				{m["course.intake.new"]()}
			</h2>
			<Ready of={known} rows={4}>
				{(all) => <Entry {...all} onAdded={onAdded} />}
			</Ready>
		</SidePart>
	);
}

interface EntryProps {
	courses: readonly Course[];
	groups: readonly GroupOfMine[];
	trainers: readonly Trainer[];
	onAdded: (intake: Intake) => void;
}

const noDays: IntakeDays = { opens: null, closes: null, begins: null, ends: null };
const firstTime: WeeklyTime = { weekday: 0, from: "07:00", to: "09:00" };

function Entry({ courses, groups, trainers, onAdded }: EntryProps) {
	// Whoever looks after the topmost group may open an intake to all.
	const forAll = groups.some((group) => group.parent === null);
	const [course, setCourse] = useState(courses.length === 1 ? (courses[0]?.id ?? "") : "");
	const [group, setGroup] = useState(forAll ? "" : groups.length === 1 ? (groups[0]?.id ?? "") : "");
	const [trainer, setTrainer] = useState("");
	const [seats, setSeats] = useState("");
	const [days, setDays] = useState(noDays);
	const [times, setTimes] = useState<WeeklyTime[]>([firstTime]);
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;

	const missingGroup = !forAll && !group;
	const faults = dayFaults(days);
	const adding = useAct(async () => {
		setTried(true);
		const count = seatsOf(seats);
		const { opens, closes, begins, ends } = days;
		if (!course || missingGroup || count === null || !times.every(inOrder)) return;
		if (Object.keys(faults).length || !opens || !closes || !begins || !ends) return;
		const intake = {
			seats: count,
			opens,
			closes,
			begins,
			ends,
			times,
			...(group && { group }),
			...(trainer && { trainer }),
		};
		onAdded(await addIntake(course, intake, intention));
	});
	const { problem } = adding;
	const names: Record<DayName, string> = {
		opens: m["course.opens"](),
		closes: m["course.closes"](),
		begins: m["course.begins"](),
		ends: m["course.ends"](),
	};
	function dayError(name: DayName): string | null {
		if (!tried) return null;
		if (faults[name] === "missing") return m["birth.missing"]();
		if (faults[name] === "order") return m["course.daysOrder"]();
		return fieldWords(problem, name);
	}

	return (
		<Form onSend={adding.run}>
			<Select
				label={m["course.which"]()}
				value={course}
				onChange={setCourse}
				error={tried && !course ? m["err.required"]() : null}
				options={[
					{ value: "", label: m["birth.choose"]() },
					...courses.map((one) => ({ value: one.id, label: courseName(one) })),
				]}
			/>
			<Select
				label={m["course.group"]()}
				value={group}
				onChange={setGroup}
				error={tried && missingGroup ? m["fault.member.group_missing"]() : fieldWords(problem, "group")}
				options={[
					{ value: "", label: forAll ? m["learn.everyone"]() : m["birth.choose"]() },
					...groupOptions(groups),
				]}
			/>
			{trainers.length > 0 && (
				<Select
					label={m["course.trainer"]()}
					value={trainer}
					onChange={setTrainer}
					error={fieldWords(problem, "trainer")}
					options={[
						{ value: "", label: m["course.trainer.later"]() },
						...trainers.map((one) => ({ value: one.id, label: one.name })),
					]}
				/>
			)}
			<Field
				label={m["course.seats"]()}
				hint={m["course.seats.hint"]({ most: numerals(String(mostSeats)) })}
				inputMode="numeric"
				maxLength={3}
				value={seats}
				onInput={setSeats}
				error={
					tried && seatsOf(seats) === null
						? m["course.seats.wrong"]({ most: numerals(String(mostSeats)) })
						: fieldWords(problem, "seats")
				}
			/>
			{dayOrder.map((name) => (
				<DayField
					key={name}
					legend={names[name]}
					onChange={(day) => setDays((now) => ({ ...now, [name]: day }))}
					error={dayError(name)}
				/>
			))}
			<TimeRows
				times={times}
				onChange={setTimes}
				tried={tried}
				errorAt={(at) => fieldWords(problem, `times[${at}]`)}
			/>
			<Trouble problem={problem} />
			<Button type="submit" kind="primary" wide busy={adding.busy}>
				{m["do.keep"]()}
			</Button>
		</Form>
	);
}
