// The questions and answers of peer support, by the names that its pages use.
export type {
	SupportDay as SlotDay,
	Supporter,
	SupportHours as Hours,
	SupportHoursChange as HoursChange,
	SupportOffer as Offer,
	SupportSession as Session,
	SupportSlot as Slot,
	SupportSpan as Span,
	SupportWeek as Week,
	SupportWish as Wish,
	WeekSession,
} from "../lib/api/index.ts";
