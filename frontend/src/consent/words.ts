import { m } from "../lib/words/index.ts";

/** What a consent is for, short. */
export function purposeWords(purpose: string): string {
	if (purpose === "membership") return m["consent.purpose.membership"]();
	if (purpose === "coordinator_phone") return m["consent.purpose.coordinator_phone"]();
	if (purpose === "peer_name") return m["consent.purpose.peer_name"]();
	if (purpose === "supporter_name") return m["consent.purpose.supporter_name"]();
	return m["consent.purpose.other"]();
}
