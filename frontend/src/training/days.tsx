import { dayWords, firstCalendar, toBikram, writtenDay } from "../lib/calendar/index.ts";

/** Days shows from which day to which, in the calendar that comes first, and small below it in the other. */
export function Days({ from, to }: { from: string; to: string }) {
	const other = firstCalendar() === "bs" ? "ad" : "bs";
	const both = toBikram(from) !== null && toBikram(to) !== null;
	return (
		<>
			<time dateTime={from}>{dayWords(from)}</time> – <time dateTime={to}>{dayWords(to)}</time>
			{both && (
				<>
					<br />
					<small>
						<span class="nb">{writtenDay(from, other)}</span> –{" "}
						<span class="nb">{writtenDay(to, other)}</span>
					</small>
				</>
			)}
		</>
	);
}
