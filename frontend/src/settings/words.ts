import type { Problem, Role } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { type Figure, isLanguage, m, number, numerals, ownName } from "../lib/words/index.ts";
import { fieldWords } from "../ui/trouble.tsx";
import type { Limit, Unit } from "./types.ts";

const roles: Partial<Record<Role, () => string>> = {
	administrator: m["role.admin"],
	coordinator: m["role.coordinator"],
	focalPoint: m["role.focal"],
	deputy: m["role.deputy"],
	board: m["role.board"],
};

/** What a role is called. */
export function roleWords(role: Role): string {
	return roles[role]?.() ?? "";
}

const units: Record<Unit, (count: { count: Figure }) => string> = {
	minutes: m["set.minutes"],
	hours: m["set.hours"],
	days: m["set.days"],
	workingDays: m["set.workingDays"],
	months: m["set.months"],
	people: m["set.people"],
};

/** A number with what it counts. */
export function amountWords(count: number, unit: Unit): string {
	return units[unit]({ count: number(count) });
}

const limits: Record<string, () => string> = {
	memberIdle: m["set.limit.memberIdle"],
	memberLongest: m["set.limit.memberLongest"],
	staffIdle: m["set.limit.staffIdle"],
	staffLongest: m["set.limit.staffLongest"],
	proofLasts: m["set.limit.proofLasts"],
	carriedOver: m["set.limit.carriedOver"],
	hiddenBelow: m["set.limit.hiddenBelow"],
	keptAfterLeaving: m["set.limit.keptAfterLeaving"],
	keptDeclined: m["set.limit.keptDeclined"],
	meetingsKept: m["set.limit.meetingsKept"],
	enrolmentsKept: m["set.limit.enrolmentsKept"],
	needsKept: m["set.limit.needsKept"],
	closedOrdinaryKept: m["set.limit.closedOrdinaryKept"],
	closedSensitiveKept: m["set.limit.closedSensitiveKept"],
	totalsKept: m["set.limit.totalsKept"],
	trailKept: m["set.limit.trailKept"],
	openingsAlert: m["set.limit.openingsAlert"],
	openedMost: m["set.limit.openedMost"],
	openingsMost: m["set.limit.openingsMost"],
	messagesAskAgain: m["set.limit.messagesAskAgain"],
	deliveryDays: m["set.limit.deliveryDays"],
	recoveryHeldDays: m["set.limit.recoveryHeldDays"],
};
const categories: Record<string, () => string> = {
	danger: m["talk.cat1"],
	harm: m["talk.cat2"],
	retaliation: m["talk.cat3"],
	privacy: m["talk.cat4"],
	money: m["talk.cat5"],
	discrimination: m["talk.cat6"],
	service: m["talk.cat7"],
	idea: m["talk.cat8"],
};
const clocks: Record<string, () => string> = {
	acknowledge: m["set.clock.acknowledge"],
	decide: m["set.clock.decide"],
	tell: m["set.clock.tell"],
};

/** The category and the step of a time limit for matters, or null for any other number. */
export function clockOf(key: string): { category: string; step: string } | null {
	const [kind, category = "", step = ""] = key.split(".");
	return kind === "clock" ? { category, step } : null;
}

/** What a category of matters is called. */
export function categoryWords(category: string): string {
	return categories[category]?.() ?? category;
}

/** What a step with a time limit is called. */
export function stepWords(step: string): string {
	return clocks[step]?.() ?? step;
}

/** What a number is for. */
export function limitWords(key: string): string {
	const clock = clockOf(key);
	if (clock) return `${categoryWords(clock.category)}: ${stepWords(clock.step)}`;
	return limits[key]?.() ?? key;
}

const fields: Record<string, () => string> = {
	name: m["set.name"],
	languages: m["set.languages"],
	helplines: m["set.helplines"],
	holidays: m["set.holidays"],
	groups: m["set.groups"],
	hosts: m["set.hosts"],
	bodies: m["set.bodies"],
};

const limitField = /^limits\.(.+)$/;

/** What a line of the history is about. */
export function fieldName(field: string): string {
	const limit = limitField.exec(field)?.[1];
	return limit ? limitWords(limit) : (fields[field]?.() ?? field);
}

/** A value of the history, in the words and digits of the language on screen; `all` are the numbers there are. */
export function valueWords(field: string, value: string, all: readonly Limit[]): string {
	const key = limitField.exec(field)?.[1];
	if (key) {
		const limit = all.find((one) => one.key === key);
		return limit ? amountWords(Number(value), limit.unit) : numerals(value);
	}
	if (field === "languages") {
		const codes = value.split(" ");
		return codes.map((code) => (isLanguage(code) ? ownName[code] : code)).join(", ");
	}
	return value.split(" · ").map(wordOf).join(" · ");
}

// Days and roles stand in a line by what they are for the server.
function wordOf(part: string): string {
	if (/^\d{4}-\d\d-\d\d$/.test(part)) return dayWords(part);
	return roles[part as Role]?.() ?? (/^\+?\d+$/.test(part) ? numerals(part) : part);
}

/** faultAt says what is wrong with a field of one entry of a list that was sent. */
export function faultAt(problem: Problem | null, list: string, at: number): (field: string) => string | null {
	return (field) =>
		fieldWords(problem, `${list}.${at}.${field}`) ?? fieldWords(problem, `${list}[${at}].${field}`);
}
