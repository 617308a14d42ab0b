import type { Role } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";
import { book, ear, leaf, money, scale, storm, thorn, wind } from "../ui/pictures.ts";
import type { Category, MatterItem, State, Wishes } from "./types.ts";

type Say = () => string;

const categories: Record<Category, { say: Say; picture: string }> = {
	danger: { say: m["talk.cat1"], picture: storm },
	harm: { say: m["talk.cat2"], picture: thorn },
	retaliation: { say: m["talk.cat3"], picture: wind },
	privacy: { say: m["talk.cat4"], picture: ear },
	money: { say: m["talk.cat5"], picture: money },
	discrimination: { say: m["talk.cat6"], picture: scale },
	service: { say: m["talk.cat7"], picture: book },
	idea: { say: m["talk.cat8"], picture: leaf },
};
const roles: Partial<Record<Role, Say>> = {
	coordinator: m["role.coordinator"],
	focalPoint: m["role.focal"],
	deputy: m["role.deputy"],
	board: m["role.board"],
};
const states: Record<State, Say> = {
	received: m["receipt.state.received"],
	reading: m["receipt.state.reading"],
	decided: m["receipt.state.decided"],
	closed: m["receipt.state.closed"],
};
const steps: Record<NonNullable<MatterItem["next"]["step"]>, Say> = {
	acknowledge: m["handle.step.acknowledge"],
	decide: m["handle.decide"],
	outcome: m["handle.step.outcome"],
};
const wishes: Record<Wishes, Say> = {
	met: m["handle.wishes.met"],
	partly: m["handle.wishes.partly"],
	not_met: m["handle.wishes.not_met"],
	not_given: m["handle.wishes.not_given"],
};

export function categoryWords(category: Category): string {
	return categories[category].say();
}

export function categoryPicture(category: Category): string {
	return categories[category].picture;
}

/** As what somebody reads; whoever does so no longer has no word for it. */
export function readerRoleWords(role: Role | undefined): string {
	return (role && roles[role]?.()) ?? "";
}

export function matterStateWords(state: State): string {
	return states[state]();
}

/** What is due next, as a thing to do; finished ones have none. */
export function stepWords(step: MatterItem["next"]["step"]): string {
	return step ? steps[step]() : "";
}

export function wishesWords(wish: Wishes): string {
	return wishes[wish]();
}
