import { m } from "../lib/words/index.ts";

const words: Record<string, () => string> = {
	membership: m["consent.purpose.membership"],
	coordinator_phone: m["consent.purpose.coordinator_phone"],
	coordinator_name: m["consent.purpose.coordinator_name"],
	coordinator_district: m["consent.purpose.coordinator_district"],
	peer_name: m["consent.purpose.peer_name"],
	supporter_name: m["consent.purpose.supporter_name"],
	figures: m["consent.purpose.figures"],
	messages_sms: m["consent.purpose.messages_sms"],
	story: m["consent.purpose.story"],
	picture: m["consent.purpose.picture"],
	voice: m["consent.purpose.voice"],
};

/** What a consent is for, short. */
export function purposeWords(purpose: string): string {
	return (words[purpose] ?? m["consent.purpose.other"])();
}
