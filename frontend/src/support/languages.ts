import { m } from "../lib/words/index.ts";
import type { HoursChange } from "./types.ts";

type Spoken = NonNullable<HoursChange["languages"]>[number];

const names: Record<Spoken, () => string> = {
	ne: m["peer.language.ne"],
	mai: m["peer.language.mai"],
	bho: m["peer.language.bho"],
	thl: m["peer.language.thl"],
	taj: m["peer.language.taj"],
	new: m["peer.language.new"],
	mgp: m["peer.language.mgp"],
	awa: m["peer.language.awa"],
};

/** The languages that a supporter can name, the most spoken first. */
export const spokenLanguages = Object.keys(names) as Spoken[];

export function isSpoken(code: string): code is Spoken {
	return code in names;
}

export function languageName(code: string): string {
	return isSpoken(code) ? names[code]() : m["peer.language.other"]();
}

export function languageNames(codes: readonly string[]): string {
	return codes.map(languageName).join(", ");
}
