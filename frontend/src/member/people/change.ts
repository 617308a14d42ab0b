import type { Birth } from "../../lib/api/index.ts";
import type { Correction, Person } from "./api.ts";

/** What can be corrected of somebody carried over, as the form holds it. */
export interface Written {
	name: string;
	phone: string;
	birth: Birth;
	/** The id of her group, "" while there is none. */
	group: string;
}
export type WrittenField = keyof Written;
export const writtenFields: readonly WrittenField[] = ["name", "phone", "birth", "group"];

/** What is written of a person now. */
export function writtenOf(person: Person): Written {
	return {
		name: person.paperName ?? person.name,
		phone: person.phone ?? "",
		birth: person.birth,
		group: person.group?.id ?? "",
	};
}

export function sameBirth(a: Birth, b: Birth): boolean {
	return a.precision === b.precision && a.day === b.day && a.bsYear === b.bsYear;
}

function same(field: WrittenField, a: Written, b: Written): boolean {
	return field === "birth" ? sameBirth(a.birth, b.birth) : a[field].trim() === b[field].trim();
}

/** changeOf gives the fields that differ, to be sent; null when nothing does. */
export function changeOf(from: Written, to: Written): Correction | null {
	const change: Correction = {};
	if (!same("name", from, to)) change.name = to.name.trim();
	if (!same("phone", from, to)) change.phone = to.phone.trim();
	if (!same("birth", from, to)) change.birth = to.birth;
	if (!same("group", from, to)) change.group = to.group;
	return Object.keys(change).length ? change : null;
}

/** Two people's changes to one person. */
export interface Conflict {
	/** Fields that both changed, to different values: she must choose. */
	contested: WrittenField[];
	/** Both changes together; contested fields are as she wrote them. */
	merged: Written;
}

/**
 * conflictOf lays what she wrote over what another saved meanwhile: from
 * `base`, which both began with, a field that only one changed takes that
 * change.
 */
export function conflictOf(base: Written, mine: Written, theirs: Written): Conflict {
	const contested = writtenFields.filter(
		(field) => !same(field, base, mine) && !same(field, base, theirs) && !same(field, mine, theirs),
	);
	const pick = (field: WrittenField): Written => (same(field, base, mine) ? theirs : mine);
	return {
		contested,
		merged: {
			name: pick("name").name,
			phone: pick("phone").phone,
			birth: pick("birth").birth,
			group: pick("group").group,
		},
	};
}
