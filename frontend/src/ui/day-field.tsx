import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import {
	chosenDay,
	type DayEntry,
	firstCalendar,
	lastYear,
	longest,
	monthWords,
	partsOf,
	turnedTo,
	unchosenDay,
	weekdayOf,
	weekdayWords,
	writtenDay,
} from "../lib/calendar/index.ts";
import { m, numerals } from "../lib/words/index.ts";
import { FieldError, Select } from "./field.tsx";

interface DayFieldProps {
	legend: ComponentChildren;
	hint?: ComponentChildren;
	error?: string | null | undefined;
	/** The Gregorian day it begins with; what is chosen later is told by onChange. */
	first?: string | null;
	/** The Gregorian day, or null while it is not whole. */
	onChange: (day: string | null) => void;
	/** How many years before and after the present one can be chosen. */
	before?: number;
	after?: number;
}

/**
 * DayField takes a day in the calendar that comes first in the language on
 * screen, and says it back in the other with its weekday.
 */
export function DayField({ legend, hint, error, first, onChange, before = 1, after = 3 }: DayFieldProps) {
	const id = useId();
	const calendar = firstCalendar();
	const [kept, setKept] = useState<DayEntry>(() =>
		first ? partsOf(first, calendar) : unchosenDay(calendar),
	);
	const entry = turnedTo(kept, calendar);
	const day = chosenDay(entry);

	function change(part: Partial<DayEntry>): void {
		const now = { ...entry, ...part };
		const fitting = now.day > longest(now) ? { ...now, day: 0 } : now;
		setKept(fitting);
		onChange(chosenDay(fitting));
	}
	const present = unchosenDay(entry.calendar).year;
	const years = range(Math.min(present - before, entry.year), Math.max(present + after, entry.year)).filter(
		(year) => entry.calendar === "ad" || year <= lastYear,
	);
	const described = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(" ") || undefined;
	return (
		<fieldset class={error ? "stack tight wrong" : "stack tight"} aria-describedby={described}>
			<legend>{legend}</legend>
			{hint && (
				<p class="hint" id={`${id}h`}>
					{hint}
				</p>
			)}
			<div class="date">
				<Select
					label={m["birth.yearOf"]()}
					value={String(entry.year)}
					onChange={(value) => change({ year: Number(value) })}
					options={years.map(numeral)}
				/>
				<Select
					label={m["birth.month"]()}
					value={String(entry.month)}
					onChange={(value) => change({ month: Number(value) })}
					options={[
						unchosen(),
						...range(1, 12).map((month) => ({
							value: String(month),
							label: monthWords(entry.calendar, month),
						})),
					]}
				/>
				<Select
					label={m["birth.dayOf"]()}
					value={String(entry.day)}
					onChange={(value) => change({ day: Number(value) })}
					options={[{ value: "0", label: "–" }, ...range(1, longest(entry)).map(numeral)]}
				/>
			</div>
			<p class="soft" aria-live="polite">
				{day && `${weekdayWords(weekdayOf(day))} · ${writtenDay(day, entry.calendar === "bs" ? "ad" : "bs")}`}
			</p>
			{error && <FieldError id={`${id}e`}>{error}</FieldError>}
		</fieldset>
	);
}

function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

function numeral(n: number) {
	return { value: String(n), label: numerals(String(n)) };
}

function unchosen() {
	return { value: "0", label: m["birth.choose"]() };
}
