import type { DeclineReason, MembershipState } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";

type Say = () => string;

const states: Record<MembershipState, Say> = {
	applied: m["membership.applied"],
	active: m["membership.active"],
	declined: m["membership.declined"],
	paused: m["membership.paused"],
	ended: m["membership.ended"],
};
const standings: Record<MembershipState, Say> = {
	applied: m["mine.state.applied"],
	active: m["mine.state.active"],
	declined: m["mine.state.declined"],
	paused: m["mine.state.paused"],
	ended: m["mine.state.ended"],
};
const reasons: Record<DeclineReason, Say> = {
	duplicate: m["mine.reason.duplicate"],
	not_this_group: m["mine.reason.not_this_group"],
	talk_first: m["mine.reason.talk_first"],
	other: m["mine.reason.other"],
};

/** The state of a membership in a word or two. */
export function stateWords(state: MembershipState): string {
	return states[state]();
}

/** The state told to her, as a sentence. */
export function standingWords(state: MembershipState): string {
	return standings[state]();
}

/** Why an application was not taken, told to her. */
export function reasonWords(reason: DeclineReason): string {
	return reasons[reason]();
}
