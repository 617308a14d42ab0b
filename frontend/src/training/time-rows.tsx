import { spanWords, timeWords, weekdayWords } from "../lib/calendar/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Select } from "../ui/index.ts";
import { bin, plus } from "../ui/pictures.ts";
import { inOrder, quarterHours } from "./entry.ts";
import type { WeeklyTime } from "./types.ts";

interface Props {
	times: readonly WeeklyTime[];
	onChange: (times: WeeklyTime[]) => void;
	/** Whether to say what is wrong: only once she has tried to send. */
	tried: boolean;
	/** What the server found wrong with the time at a place of the list. */
	errorAt: (at: number) => string | null;
}

// A week has no room for more classes of one intake than three a day.
const mostTimes = 21;

/** TimeRows takes the times of every week at which a course is held. */
export function TimeRows({ times, onChange, tried, errorAt }: Props) {
	const change = (at: number, part: Partial<WeeklyTime>) =>
		onChange(times.map((time, i) => (i === at ? { ...time, ...part } : time)));
	return (
		<fieldset class="stack">
			<legend>{m["course.times"]()}</legend>
			{times.map((time, at) => (
				<div class="stack tight" key={at}>
					<Select
						label={m["course.time.day"]()}
						value={String(time.weekday)}
						onChange={(value) => change(at, { weekday: Number(value) })}
						options={[0, 1, 2, 3, 4, 5, 6].map((day) => ({ value: String(day), label: weekdayWords(day) }))}
					/>
					<div class="pairs-grid">
						<Select
							label={m["course.time.from"]()}
							value={time.from}
							onChange={(from) => change(at, { from })}
							options={quarterHours.map(clockOption)}
						/>
						<Select
							label={m["course.time.to"]()}
							value={time.to}
							onChange={(to) => change(at, { to })}
							options={quarterHours.map(clockOption)}
							error={tried && !inOrder(time) ? m["course.time.order"]() : errorAt(at)}
						/>
					</div>
					{times.length > 1 && (
						<div>
							<Button kind="quiet" picture={bin} onPress={() => onChange(times.filter((_, i) => i !== at))}>
								{m["course.time.remove"]({
									time: `${weekdayWords(time.weekday)}, ${spanWords(time.from, time.to)}`,
								})}
							</Button>
						</div>
					)}
				</div>
			))}
			{times.length < mostTimes && (
				<div>
					<Button picture={plus} onPress={() => onChange([...times, followingDay(times)])}>
						{m["course.time.add"]()}
					</Button>
				</div>
			)}
		</fieldset>
	);
}

/** The next time is most often on the next day, at the same hours. */
function followingDay(times: readonly WeeklyTime[]): WeeklyTime {
	const last = times.at(-1);
	return last ? { ...last, weekday: (last.weekday + 1) % 7 } : { weekday: 0, from: "07:00", to: "09:00" };
}

function clockOption(clock: string) {
	return { value: clock, label: timeWords(clock) };
}
