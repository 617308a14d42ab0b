// Bikram Sambat beside the Gregorian calendar: days are stored and sent as
// Gregorian ones, and shown and typed here in both. Instants are shown by the
// clock in Nepal, and by the device's own where that is another.
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
export { chosenDay, type DayEntry, longest, partsOf, turnedTo, unchosenDay } from "./entry.ts";
export {
	addDays,
	clockDigits,
	clockInNepal,
	clockShort,
	clockWords,
	type DayPart,
	daysBetween,
	elsewhere,
	hereClock,
	nepalClock,
	partOf,
	partWords,
	type WallClock,
	weekdayOf,
	weekdayShort,
	weekdayWords,
	zoneWords,
} from "./instant.ts";
export { firstYear, lastYear } from "./month-lengths.ts";
export { spanWords, timeWords } from "./span.ts";
export {
	type Calendar,
	dayOf,
	dayWords,
	firstCalendar,
	formatDay,
	monthWords,
	shortDay,
	writtenDay,
	writtenMonth,
} from "./words.ts";
