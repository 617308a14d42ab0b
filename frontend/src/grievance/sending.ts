import { asProblem } from "../lib/page/index.ts";
import type { Talk, TalkForm, TalkSent } from "./types.ts";

export interface Wire {
	post: (talk: Talk) => Promise<TalkSent>;
	/** A new form, with a token of its own. */
	form: () => Promise<Pick<TalkForm, "token" | "waitSeconds">>;
	wait: (seconds: number) => Promise<void>;
}

export interface Sent {
	answer: TalkSent;
	/** What she wrote is not what arrived: an earlier try had got through after all. */
	changedSince: boolean;
}

// A form must be a few seconds old; a server that asks for more waits than this
// has another reason.
const mostWaits = 4;

/**
 * Sender sends her words under the token of one form, so that a press repeated
 * because the line broke is taken once and yields the same receipt. It waits
 * where the form is too young and takes a new one where it has grown old; she
 * need not know of either.
 */
export class Sender {
	/** Tries of which it is not known whether they arrived. */
	private unsure: Talk[] = [];

	constructor(
		private token: string,
		private readonly wire: Wire,
	) {}

	async send(words: Omit<Talk, "token">): Promise<Sent> {
		for (let waits = 0; ; waits++) {
			const talk = { ...words, token: this.token };
			try {
				return { answer: await this.wire.post(talk), changedSince: false };
			} catch (trouble) {
				const problem = asProblem(trouble);
				if (problem.kind !== "refused") this.unsure.push(talk);
				if (problem.code === "grievance.form_used" && this.unsure.length) {
					return { answer: await this.arrived(), changedSince: true };
				}
				if (waits === mostWaits) throw problem;
				if (problem.code === "grievance.form_too_fast") await this.wire.wait(problem.retryAfter ?? 5);
				else if (problem.code === "grievance.form_old") await this.renew();
				else throw problem;
			}
		}
	}

	/** The receipt of the try that arrived: only its own words are taken again. */
	private async arrived(): Promise<TalkSent> {
		let last: unknown;
		for (const talk of this.unsure) {
			try {
				return await this.wire.post(talk);
			} catch (trouble) {
				last = trouble;
				if (asProblem(trouble).code !== "grievance.form_used") throw trouble;
			}
		}
		throw last;
	}

	private async renew(): Promise<void> {
		const { token, waitSeconds } = await this.wire.form();
		this.token = token;
		this.unsure = [];
		await this.wire.wait(waitSeconds);
	}
}
