import type { HeldConsent } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";

/** What a consent is for, short. */
export function purposeWords(purpose: string): string {
	if (purpose === "membership") return m["consent.purpose.membership"]();
	if (purpose === "coordinator_phone") return m["consent.purpose.coordinator_phone"]();
	return m["consent.purpose.other"]();
}

/** How it was given. */
export function howWords(how: HeldConsent["how"]): string {
	if (how === "self") return m["consent.how.self"]();
	return how === "in_person" ? m["consent.how.in_person"]() : m["consent.how.carried_over"]();
}
