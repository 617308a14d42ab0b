import {
	clockDigits,
	clockShort,
	elsewhere,
	hereClock,
	nepalClock,
	partWords,
	shortDay,
	weekdayOf,
	weekdayWords,
} from "../lib/calendar/index.ts";
import { m } from "../lib/words/index.ts";
import { Choices } from "../ui/index.ts";
import { byPart } from "./slots.ts";
import type { Slot, SlotDay } from "./types.ts";

interface Props {
	day: SlotDay;
	start: string | null;
	onChange: (slot: Slot) => void;
}

/** Times offers the times of one day by its parts; a full one can be seen but not chosen. */
export function Times({ day, start, onChange }: Props) {
	const abroad = day.slots.some((slot) => elsewhere(slot.start));
	return (
		<div class="stack">
			<div>
				<h2 class="lab">
					{m["meet.time"]()} · {weekdayWords(weekdayOf(day.day))}, <span class="nb">{shortDay(day.day)}</span>
				</h2>
				{abroad && <p class="soft">{m["meet.zoneSmall"]()}</p>}
			</div>
			{byPart(day.slots).map(({ part, slots }) => (
				<Choices
					key={part}
					legend={<span class="soft cap">{partWords(part)}</span>}
					layout="slots"
					choices={slots.map((slot) => ({
						value: slot.start,
						disabled: !slot.free,
						label: <Tile slot={slot} />,
					}))}
					value={start}
					onChange={(value) => {
						const slot = slots.find((one) => one.start === value);
						if (slot) onChange(slot);
					}}
				/>
			))}
		</div>
	);
}

function Tile({ slot }: { slot: Slot }) {
	return (
		<>
			<span class="num">{clockDigits(nepalClock(slot.start))}</span>
			{!slot.free && (
				<>
					<br />
					{m["meet.full"]()}
				</>
			)}
			{slot.free && elsewhere(slot.start) && (
				<>
					<br />
					<small>{m["meet.zoneHere"]({ time: clockShort(hereClock(slot.start)) })}</small>
				</>
			)}
		</>
	);
}
