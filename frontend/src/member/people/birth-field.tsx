import {
	bikramMonthLength,
	bikramYearNow,
	type Calendar,
	dayInNepal,
	firstYear,
	gregorianMonthLength,
	monthWords,
} from "../../lib/calendar/index.ts";
import { m, numerals } from "../../lib/words/index.ts";
import { Choices, FieldError, Select } from "../../ui/index.ts";
import { type BirthEntry, inCalendar } from "./birth-entry.ts";

interface Props {
	entry: BirthEntry;
	onChange: (entry: BirthEntry) => void;
	error?: string | null | undefined;
}

// Nobody alive is older.
const oldestYearAlone = 1970;
const oldestGregorian = 1913;

/** BirthField takes a birth as far as it is known: the day in either calendar, the year alone, or nothing. */
export function BirthField({ entry, onChange, error }: Props) {
	return (
		<div class="stack">
			<Choices
				legend={`${m["register.field.birth"]()}: ${m["birth.how"]()}`}
				layout="slots"
				value={entry.precision}
				onChange={(value) => {
					const precision = value as BirthEntry["precision"];
					const kept = precision === "year" && entry.calendar === "ad" ? inCalendar(entry, "bs") : entry;
					onChange({ ...kept, precision });
				}}
				choices={[
					{ value: "day", label: m["birth.day"]() },
					{ value: "year", label: m["birth.year"]() },
					{ value: "unknown", label: m["birth.unknown"]() },
				]}
			/>
			{entry.precision === "day" && <DayOfBirth entry={entry} onChange={onChange} />}
			{entry.precision === "year" && (
				<Select
					label={`${m["birth.yearOf"]()} (${m["birth.bs"]()})`}
					value={String(entry.year)}
					onChange={(year) => onChange({ ...entry, year: Number(year) })}
					options={numbers(bikramYearNow(), oldestYearAlone)}
				/>
			)}
			{error && <FieldError>{error}</FieldError>}
		</div>
	);
}

function DayOfBirth({ entry, onChange }: Omit<Props, "error">) {
	const { calendar, year, month, day } = entry;
	const bs = calendar === "bs";
	const lengthOf = bs ? bikramMonthLength : gregorianMonthLength;
	function change(part: Partial<BirthEntry>): void {
		const now = { ...entry, ...part };
		const most = now.year && now.month ? lengthOf(now.year, now.month) : 32;
		onChange(now.day > most ? { ...now, day: 0 } : now);
	}
	return (
		<>
			<Choices
				legend={m["birth.calendar"]()}
				layout="slots"
				value={calendar}
				onChange={(value) => onChange(inCalendar(entry, value as Calendar))}
				choices={[
					{ value: "bs", label: m["birth.bs"]() },
					{ value: "ad", label: m["birth.ad"]() },
				]}
			/>
			<div class="date">
				<Select
					label={m["birth.yearOf"]()}
					value={String(year)}
					onChange={(value) => change({ year: Number(value) })}
					options={
						bs
							? numbers(bikramYearNow(), firstYear)
							: numbers(Number(dayInNepal(Date.now()).slice(0, 4)), oldestGregorian)
					}
				/>
				<Select
					label={m["birth.month"]()}
					value={String(month)}
					onChange={(value) => change({ month: Number(value) })}
					options={[
						unchosen(),
						...Array.from({ length: 12 }, (_, i) => ({
							value: String(i + 1),
							label: monthWords(calendar, i + 1),
						})),
					]}
				/>
				<Select
					label={m["birth.dayOf"]()}
					value={String(day)}
					onChange={(value) => change({ day: Number(value) })}
					options={numbers(1, year && month ? lengthOf(year, month) : 32)}
				/>
			</div>
		</>
	);
}

function unchosen() {
	return { value: "0", label: m["birth.choose"]() };
}

/** The numbers from one to another, up or down, after "choose". */
function numbers(from: number, to: number) {
	const step = from <= to ? 1 : -1;
	const all = Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => String(from + i * step));
	return [unchosen(), ...all.map((value) => ({ value, label: numerals(value) }))];
}
