import { m, number } from "../../lib/words/index.ts";

const names: Record<string, () => string> = {
	alias: m["mine.field.alias"],
	paper_name: m["mine.field.paper_name"],
	phone: m["mine.field.phone"],
	birth: m["mine.field.birth"],
	age: () => m["mine.field.age"]({ age: number(18) }),
	group: m["mine.field.group"],
	district: m["mine.field.district"],
	membership: m["mine.field.membership"],
	consents: m["mine.field.consents"],
	sign_in: m["mine.field.sign_in"],
	language: m["mine.field.language"],
};

/** What a held field is called. */
export function fieldName(field: string): string {
	return (names[field] ?? m["mine.field.other"])();
}

const readers: Record<string, () => string> = {
	member: m["role.member"],
	coordinator: m["role.coordinator"],
	focalPoint: m["role.focal"],
	deputy: m["role.deputy"],
	board: m["role.board"],
	peerSupporter: m["role.peer"],
	trainer: m["role.trainer"],
	liaison: m["role.liaison"],
	administrator: m["role.admin"],
};

/** Roles, one after the other, as they stand within a sentence. */
export function roleNames(who: readonly string[]): string {
	return who
		.map((role) => readers[role]?.())
		.filter((name) => name !== undefined)
		.map((name) => name.charAt(0).toLowerCase() + name.slice(1))
		.join(", ");
}

/** Who may read it, one after the other: she herself first, then the roles that the server names. */
export function readerNames(who: readonly string[]): string {
	return [m["audit.self"](), roleNames(who)].filter((name) => name !== "").join(", ");
}
