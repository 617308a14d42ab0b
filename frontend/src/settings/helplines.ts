import { hasName, nameFrom, sameName, writtenOf } from "./names.ts";
import { isNew, type Parts } from "./parts.ts";
import type { Helpline, SettingsChange } from "./types.ts";

/** The roles that may see to it that a number is right. */
export const owners = ["administrator", "coordinator", "focalPoint", "deputy", "board"] as const;

export function emptyHelpline(id: string): Helpline {
	return {
		id,
		name: {},
		number: "",
		source: "",
		checked: "",
		owner: "administrator",
		old: false,
		shipped: false,
	};
}

export function sameHelpline(a: Helpline | undefined, b: Helpline | undefined): boolean {
	if (!a || !b) return a === b;
	return (
		sameName(a.name, b.name) &&
		(["number", "source", "checked", "owner"] as const).every((field) => a[field].trim() === b[field].trim())
	);
}

/** helplineFaults tells what is still missing of a number, by field. */
export function helplineFaults(one: Helpline): Map<string, "missing" | "digits"> {
	const faults = new Map<string, "missing" | "digits">();
	if (!hasName(one.name)) faults.set("name", "missing");
	for (const field of ["number", "source", "checked"] as const) {
		if (!one[field].trim()) faults.set(field, "missing");
	}
	if (one.number.trim() && !/^\+?[0-9][0-9 -]*$/.test(one.number.trim())) faults.set("number", "digits");
	return faults;
}

/** sentHelplines are the numbers as the server takes them; a new one has no id yet. */
export function sentHelplines(parts: Parts<Helpline>): NonNullable<SettingsChange["helplines"]> {
	return Object.entries(parts).map(([key, { name, number, source, checked, owner }]) => ({
		...(!isNew(key) && { id: key }),
		name: nameFrom(writtenOf(name)),
		number: number.trim(),
		source: source.trim(),
		checked,
		owner,
	}));
}
