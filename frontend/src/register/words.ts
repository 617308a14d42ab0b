import { m } from "../lib/words/index.ts";
import type { Tone } from "../ui/index.ts";
import { bad, fresh, ok, pause, turn, wait } from "../ui/pictures.ts";
import type { Fate, ImportState } from "./api.ts";

type Say = () => string;
/** A word with its shape. */
export interface Shape {
	say: Say;
	picture: string;
	tone?: Tone;
}

export const states: Record<ImportState, Shape> = {
	draft: { say: m["register.state.draft"], picture: wait, tone: "warn" },
	committing: { say: m["register.state.committing"], picture: turn, tone: "info" },
	committed: { say: m["register.state.committed"], picture: ok, tone: "ok" },
	stopped: { say: m["register.state.stopped"], picture: pause, tone: "warn" },
	undoing: { say: m["register.state.undoing"], picture: turn, tone: "info" },
	undone: { say: m["register.state.undone"], picture: pause },
};

/** What becomes of rows while nothing has changed yet. */
export const willBe: Record<Fate, Shape> = {
	created: { say: m["register.fate.created"], picture: fresh, tone: "ok" },
	updated: { say: m["register.fate.updated"], picture: turn, tone: "ok" },
	held: { say: m["register.fate.held"], picture: wait, tone: "warn" },
	skipped: { say: m["register.fate.skipped"], picture: pause },
	failed: { say: m["register.fate.failed"], picture: bad, tone: "bad" },
};

/** What became of them. */
export const became: Record<Fate, Shape> = {
	created: { ...willBe.created, say: m["register.done.created"] },
	updated: { ...willBe.updated, say: m["register.done.updated"] },
	held: { ...willBe.held, say: m["register.done.held"] },
	skipped: { ...willBe.skipped, say: m["register.done.skipped"] },
	failed: { ...willBe.failed, say: m["register.done.failed"] },
};

const fields: Record<string, Say> = {
	name: m["register.field.name"],
	given_name: m["register.field.given_name"],
	family_name: m["register.field.family_name"],
	alias: m["register.field.alias"],
	phone: m["register.field.phone"],
	birth: m["register.field.birth"],
	birth_other: m["register.field.birth_other"],
	birth_year: m["register.field.birth_year"],
	birth_month: m["register.field.birth_month"],
	birth_day: m["register.field.birth_day"],
	calendar: m["register.field.calendar"],
	group: m["register.field.group"],
	district: m["register.field.district"],
	serial: m["register.field.serial"],
	consent: m["register.field.consent"],
	ignored: m["register.field.ignored"],
};

/** What a column can be taken as. */
export const columnFields: readonly string[] = Object.keys(fields);

export function fieldName(field: string): string {
	return (fields[field] ?? m["register.field.unknown"])();
}

const reasons: Record<string, Say> = {
	relative: m["register.reason.relative"],
	identity_number: m["register.reason.identity_number"],
	protected: m["register.reason.protected"],
	age: m["register.reason.age"],
	not_kept: m["register.reason.not_kept"],
	remarks: m["register.reason.remarks"],
	chosen: m["register.reason.chosen"],
	second: m["register.reason.second"],
};

/** Why a column is left out. */
export function reasonWords(reason: string | undefined): string {
	return reason ? (reasons[reason]?.() ?? reason) : "";
}

const hints: Record<string, Say> = {
	same_phone: m["register.hint.same_phone"],
	same_name: m["register.hint.same_name"],
	consent_ignored: m["register.hint.consent_ignored"],
	looks_old: m["register.hint.looks_old"],
	hidden_line: m["register.hint.hidden_line"],
};

/** What gives reason to look twice at a row. */
export function hintWords(hint: string): string {
	return hints[hint]?.() ?? hint;
}

const sources: Record<string, Say> = {
	heading: m["register.how.calendar.heading"],
	title: m["register.how.calendar.title"],
	column: m["register.how.calendar.column"],
	chosen: m["register.how.calendar.chosen"],
	none: m["register.how.calendar.none"],
};

/** Where the calendar was found. */
export function sourceWords(from: string): string {
	return sources[from]?.() ?? from;
}

const others: Record<string, Say> = {
	heading: m["register.other.heading"],
	title: m["register.other.title"],
	total: m["register.other.total"],
	note: m["register.other.note"],
	section: m["register.other.section"],
	serial: m["register.other.serial"],
	continued: m["register.other.continued"],
	nobody: m["register.other.nobody"],
};

/** Why a line is no person. */
export function otherWords(why: string): string {
	return others[why]?.() ?? why;
}

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof encodings)[number];

export function encodingWords(code: string): string {
	return code === "windows-1252"
		? m["register.how.encoding.windows"]({ code: code.toUpperCase() })
		: m["register.how.encoding.utf8"]({ code: code.toUpperCase() });
}
