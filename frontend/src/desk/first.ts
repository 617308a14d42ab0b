import type { Desk } from "../lib/api/index.ts";

/** The one thing to do first. */
export type First =
	/** A matter whose time has passed. */
	| "late"
	/** A matter that must be answered today or tomorrow. */
	| "due"
	| "applications"
	| "imports"
	/** Matters with time left. */
	| "matters"
	/** There is nobody yet: begin with the old list. */
	| "empty"
	| "none";

/**
 * firstOf chooses what is most urgent: first who has waited longer than was
 * promised, then who waits for an answer, then what was begun. What can't be
 * marked as done, such as a free place, is never the first thing: it would
 * stand there for days.
 */
export function firstOf(desk: Desk, coordinator: boolean): First {
	const { grievances } = desk;
	if (grievances.late > 0) return "late";
	if (grievances.next && grievances.next.daysLeft <= 1) return "due";
	if (desk.applications > 0) return "applications";
	if (desk.importsOpen > 0) return "imports";
	if (grievances.mine > 0) return "matters";
	const people = desk.groups.reduce((total, group) => total + group.members, 0);
	return coordinator && people === 0 ? "empty" : "none";
}
