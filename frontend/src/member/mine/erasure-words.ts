import { m } from "../../lib/words/index.ts";

/** What is kept when all else goes, until when if that is known, and why. */
export interface Staying {
	what: string;
	until?: string;
	why: string;
}

const whats: Record<string, () => string> = {
	audit: m["own.stays.audit"],
	requests: m["own.stays.requests"],
	grievances: m["own.stays.grievances"],
	figures: m["own.stays.figures"],
	old_lists: m["own.stays.lists"],
};
const whys: Record<string, () => string> = {
	accountability: m["own.why.accountability"],
	rights_of_others: m["own.why.others"],
	nobody_in_them: m["own.why.nobody"],
};

/** stayingWords says what stays and why. */
export function stayingWords({ what, why }: Staying): { what: string; why: string } {
	return {
		what: (whats[what] ?? m["own.stays.other"])(),
		why: (whys[why] ?? m["own.why.other"])(),
	};
}

/** goneWords lists what goes. */
export function goneWords(): string[] {
	return [
		m["own.goes.self"](),
		m["own.goes.meetings"](),
		m["own.goes.courses"](),
		m["own.goes.consents"](),
		m["own.goes.signIn"](),
	];
}
