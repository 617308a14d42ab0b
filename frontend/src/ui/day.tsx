import { dayOf, dayWords, firstCalendar, toBikram, writtenDay } from "../lib/calendar/index.ts";

/** Day shows a day in both calendars, the one of the language first and the other small. */
export function Day({ of }: { of: string }) {
	const day = dayOf(of);
	const both = toBikram(day) !== null;
	return (
		<>
			<time dateTime={day}>{dayWords(day)}</time>
			{both && (
				<>
					{" "}
					<small class="nb">{writtenDay(day, firstCalendar() === "bs" ? "ad" : "bs")}</small>
				</>
			)}
		</>
	);
}
