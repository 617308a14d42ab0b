// Bikram Sambat beside the Gregorian calendar: days are stored and sent as
// Gregorian ones, and shown and typed here in both.
export {
	type BikramDay,
	bikramMonthLength,
	bikramYearNow,
	dayInNepal,
	dayInNepal as nepalDay,
	forecast,
	fromBikram,
	gregorianMonthLength,
	toBikram,
} from "./bikram.ts";
export { clockInNepal, spanWords, timeWords, weekdayOf, weekdayWords } from "./clock.ts";
export { chosenDay, type DayEntry, longest, partsOf, turnedTo, unchosenDay } from "./entry.ts";
export { firstYear, lastYear } from "./month-lengths.ts";
export { type Calendar, dayOf, dayWords, firstCalendar, formatDay, monthWords, writtenDay } from "./words.ts";
