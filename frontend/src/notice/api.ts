import { type Answer, api, type GivenConsent, type Intention } from "../lib/api/index.ts";

const ask = () => api.get("/api/me/messages");

/** How she is told that something changed, and what she has not seen of it. */
export type Messages = Awaited<ReturnType<typeof ask>>["data"];
/** One thing that she was told inside. */
export type Told = Messages["inApp"][number];
/** When a phone is safe to reach. */
export type SafeHours = NonNullable<Messages["sms"]["hours"]>;

export const findMessages: () => Promise<Answer<Messages>> = ask;

export interface Opting {
	phone: string;
	hours: SafeHours;
	consent: GivenConsent;
}

export async function chooseSms(body: Opting, intention: Intention): Promise<Answer<Messages>> {
	return api.post("/api/me/messages/sms", { body, intention });
}
export async function chooseMail(address: string, intention: Intention): Promise<Answer<Messages>> {
	return api.post("/api/me/messages/mail", { body: { address }, intention });
}

/** The two ways out of the application. */
export type Way = "sms" | "mail";

export async function checkDigits(way: Way, code: string, intention: Intention): Promise<Answer<Messages>> {
	return way === "sms"
		? api.post("/api/me/messages/sms/check", { body: { code }, intention })
		: api.post("/api/me/messages/mail/check", { body: { code }, intention });
}
export async function stop(way: Way, intention: Intention): Promise<Answer<Messages>> {
	return way === "sms"
		? api.post("/api/me/messages/sms/stop", { body: {}, intention })
		: api.post("/api/me/messages/mail/stop", { body: {}, intention });
}
export async function putAway(id: string, intention: Intention): Promise<void> {
	await api.post("/api/me/messages/{id}/seen", { path: { id }, body: {}, intention });
}
export async function findCarriers() {
	return (await api.get("/api/settings/carriers")).data;
}
