import { m } from "../lib/words/index.ts";

const names: Record<string, () => string> = {
	ne: m["peer.language.ne"],
	mai: m["peer.language.mai"],
	bho: m["peer.language.bho"],
	thl: m["peer.language.thl"],
	tam: m["peer.language.tam"],
	new: m["peer.language.new"],
	mgr: m["peer.language.mgr"],
	awa: m["peer.language.awa"],
};

/** The languages that a supporter can name, the most spoken first. */
export const spokenLanguages = Object.keys(names);

export function languageName(code: string): string {
	return (names[code] ?? m["peer.language.other"])();
}

export function languageNames(codes: readonly string[]): string {
	return codes.map(languageName).join(", ");
}
