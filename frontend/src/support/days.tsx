import { useState } from "preact/hooks";
import {
	firstCalendar,
	monthWords,
	shortDay,
	toBikram,
	weekdayOf,
	weekdayShort,
} from "../lib/calendar/index.ts";
import { m, numerals } from "../lib/words/index.ts";
import { Button, Choices } from "../ui/index.ts";
import { isFree } from "./slots.ts";
import type { SlotDay } from "./types.ts";

interface Props {
	days: readonly SlotDay[];
	day: string;
	onChange: (day: string) => void;
}

const atFirst = 6;

/** Days offers the days on which somebody gives time, in the calendar of the language with the other small. */
export function Days({ days, day, onChange }: Props) {
	const [all, setAll] = useState(false);
	const place = days.findIndex((one) => one.day === day);
	const shown = all || place >= atFirst ? days : days.slice(0, atFirst);
	return (
		<div class="stack">
			<Choices
				legend={`${m["meet.day"]()} · ${monthsOf(shown)}`}
				layout="slots"
				choices={shown.map((one) => ({
					value: one.day,
					disabled: !isFree(one),
					label: <Tile day={one.day} full={!isFree(one)} />,
				}))}
				value={day}
				onChange={onChange}
			/>
			{shown.length < days.length && (
				<Button kind="quiet" onPress={() => setAll(true)}>
					{m["meet.moreDays"]()}
				</Button>
			)}
		</div>
	);
}

function Tile({ day, full }: { day: string; full: boolean }) {
	const first = firstCalendar();
	const number = first === "bs" ? (toBikram(day)?.day ?? 0) : Number(day.slice(8));
	return (
		<>
			{weekdayShort(weekdayOf(day))}
			<br />
			<b class="num">{numerals(String(number))}</b>
			<br />
			{full ? m["meet.full"]() : <small>{shortDay(day, first === "bs" ? "ad" : "bs")}</small>}
		</>
	);
}

/** The months that the days lie in: one, or two with a dash. */
function monthsOf(days: readonly SlotDay[]): string {
	const calendar = firstCalendar();
	const names = days.map(({ day }) =>
		monthWords(calendar, calendar === "bs" ? (toBikram(day)?.month ?? 0) : Number(day.slice(5, 7))),
	);
	return [...new Set(names)].join(" – ");
}
