// The questions and answers of peer support.

/** A supporter as a member sees her: what she agreed to show. */
export interface Supporter {
	id: string;
	name: string;
	languages: readonly string[];
	/** She is of the asker's own group. */
	near: boolean;
}

/** One time that can be taken, while it is free. */
export interface Slot {
	/** Instants: "2026-11-29T04:15:00Z". */
	start: string;
	end: string;
	free: boolean;
}

export interface SlotDay {
	/** "2026-11-29", the day in Nepal. */
	day: string;
	slots: readonly Slot[];
}

export interface Offer {
	supporters: readonly Supporter[];
	days: readonly SlotDay[];
	/** Her yes to showing her chosen name is not there, so it may be asked for. */
	askName: boolean;
}

/** A meeting of two, as one of them sees it. */
export interface Session {
	id: string;
	start: string;
	end: string;
	state: "booked" | "cancelled";
	cancelledBy: "member" | "supporter" | null;
	as: "member" | "supporter";
	/** The other's chosen name, where she agreed to show it. */
	with: string | null;
}

/** Free time of a week: "10:00" to "13:00" of a weekday, 0 for Sunday, by the clock in Nepal. */
export interface Span {
	weekday: number;
	from: string;
	to: string;
}

/** What a supporter gives of her week. */
export interface Hours {
	spans: readonly Span[];
	/** Minutes of one meeting: 30, 45 or 60. */
	length: 30 | 45 | 60;
	/** The most meetings a week, 1 to 20. */
	cap: number;
	languages: readonly string[];
	paused: boolean;
	/** Members may see her chosen name. */
	agreed: boolean;
}

/** A meeting as the coordinator of the member's group sees it. */
export interface WeekSession {
	id: string;
	start: string;
	end: string;
	state: "booked" | "cancelled";
	member: string | null;
	supporter: string | null;
	group: { id: string; name: { ne?: string; en?: string; nb?: string } };
}

export interface Week {
	from: string;
	days: readonly { day: string; sessions: readonly WeekSession[] }[];
	load: readonly { supporter: string | null; booked: number; cap: number }[];
}
