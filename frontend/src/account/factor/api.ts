import { api, type Factor, type Intention, type Session } from "../../lib/api/index.ts";
import { settle } from "../session.ts";
import { makePasskey, showPasskey } from "./passkey.ts";

export type { MadePasskey, ShownPasskey, ToMake, ToShow } from "../../lib/api/index.ts";

/** A way to show one thing more than words. */
export type Way = "passkey" | "totp" | "code";

/** What she gives beside her words. */
export type Given =
	| { way: "passkey"; credential: Awaited<ReturnType<typeof showPasskey>> }
	| { way: "totp" | "code"; code: string };

export interface Factors {
	items: Factor[];
	codesLeft: number;
}

/** shown has her device show a passkey for this sign-in, and says what came of it. */
export async function shown(): Promise<Given> {
	const { data } = await api.post("/api/session/factor/passkey/begin", { body: {} });
	return { way: "passkey", credential: await showPasskey(data.options) };
}

/** give lets the sign-in go on. */
export async function give(given: Given): Promise<Session> {
	return settle((await sent(given)).data);
}

function sent(given: Given) {
	if (given.way === "passkey") {
		return api.post("/api/session/factor/passkey", { body: { credential: given.credential } });
	}
	const body = { code: given.code };
	return given.way === "totp"
		? api.post("/api/session/factor/totp", { body })
		: api.post("/api/session/factor/code", { body });
}

/** addPasskey makes one on a device and enrols it; the answer is the sign-in as it goes on. */
export async function addPasskey(name: string): Promise<Session> {
	const { data } = await api.post("/api/factors/passkey/begin", { body: {} });
	const credential = await makePasskey(data.options);
	return (await api.post("/api/factors/passkey", { body: { credential, name } })).data;
}

/** beginApp gives the secret of a new app, which counts after addApp. */
export async function beginApp(): Promise<{ secret: string; uri: string }> {
	return (await api.post("/api/factors/totp", { body: {} })).data;
}

/** addApp enrols the app with the digits that it shows. */
export async function addApp(code: string, name: string): Promise<Session> {
	return (await api.post("/api/factors/totp/confirm", { body: { code, name } })).data;
}

export async function findFactors(): Promise<Factors> {
	return (await api.get("/api/factors")).data;
}

export async function removeFactor(id: string, intention: Intention): Promise<void> {
	await api.post("/api/factors/{id}/remove", { path: { id }, body: {}, intention });
}

/** printCodes gives ten codes, once, in place of those before. */
export async function printCodes(intention: Intention): Promise<string[]> {
	return (await api.post("/api/factors/codes", { body: {}, intention })).data.codes;
}
