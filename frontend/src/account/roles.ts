import type { Role } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";

const words: Record<Role, () => string> = {
	anonymous: m["log.nobody"],
	applicant: m["role.applicant"],
	member: m["role.member"],
	peerSupporter: m["role.peer"],
	trainer: m["role.trainer"],
	coordinator: m["role.coordinator"],
	focalPoint: m["role.focal"],
	deputy: m["role.deputy"],
	board: m["role.board"],
	liaison: m["role.liaison"],
	administrator: m["role.admin"],
};

/** What a role is called; `host` is whoever acts on the server's own machine. */
export function roleWords(role: string): string {
	return role === "host" ? m["log.host"]() : (words[role as Role]?.() ?? m["log.nobody"]());
}
