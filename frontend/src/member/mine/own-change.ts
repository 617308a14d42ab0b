import type { Birth, LanguageCode } from "../../lib/api/index.ts";
import { type BirthEntry, birthOf } from "../people/birth-entry.ts";

/** What she may put right herself, in the order of the page. */
export const changeable = ["alias", "paper_name", "phone", "birth", "district", "language"] as const;
export type Changeable = (typeof changeable)[number];

/** What the server is told of a change; null takes the thing away. */
export interface OwnChange {
	alias?: string;
	paperName?: string | null;
	phone?: string | null;
	birth?: Birth | null;
	district?: string | null;
	language?: LanguageCode;
}

/** The server's names for them. */
export const sentAs = {
	alias: "alias",
	paper_name: "paperName",
	phone: "phone",
	birth: "birth",
	district: "district",
	language: "language",
} as const satisfies Record<Changeable, keyof OwnChange>;

/** One of them while it is being entered. */
export interface OwnEntry {
	text: string;
	birth: BirthEntry;
}

/** What can be changed but never taken away. */
export type Lasting = "alias" | "language";

export function isLasting(field: Changeable): field is Lasting {
	return field === "alias" || field === "language";
}

export function isChangeable(field: string): field is Changeable {
	return (changeable as readonly string[]).includes(field);
}

/** changeOf gives what to send, or null while something is missing. Saving nothing is not taking away: that is said apart. */
export function changeOf(field: Changeable, { text, birth }: OwnEntry): OwnChange | null {
	if (field === "birth") {
		const born = birth.precision === "unknown" ? null : birthOf(birth);
		return born && { birth: born };
	}
	const written = text.trim();
	return written ? { [sentAs[field]]: written } : null;
}

/** removalOf takes one of them away; a name to be called by and a language she always has. */
export function removalOf(field: Exclude<Changeable, Lasting>): OwnChange {
	return { [sentAs[field]]: null };
}
