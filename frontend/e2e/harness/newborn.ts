import { randomUUID } from "node:crypto";
import { type Server, startServer } from "./server.ts";
import { neutral } from "./visit.ts";

const passphrase = "nadi tokari saat makai jhyal";

/** Somebody of an organisation that isn't a demo. */
export interface Staff {
	handle: string;
	words: string;
}

export interface Newborn {
	url: string;
	/** Member, coordinator and administrator, as whoever founds is. */
	founder: Staff;
	/** Lets somebody in with a code that the founder made. */
	admit: (code: string) => Promise<Staff>;
	stop: () => Promise<void>;
}

/** startNewborn runs an empty server and founds an organisation there: one that asks staff for more than words. */
export async function startNewborn(): Promise<Newborn> {
	const server = await startServer("run", neutral);
	const entry = (code: string, alias: string) => ({
		code,
		alias,
		language: "ne",
		passphrase,
		consents: [{ purpose: "membership", version: "1", language: "ne" }],
	});
	const founded = { ...entry(printedCode(server), "सगुन"), organisationName: "पिपलबोट", groupName: "सबै समूह" };
	const send = async (path: string, body: unknown): Promise<Staff> => {
		const answer = await fetch(server.url + path, {
			method: "POST",
			headers: { Origin: server.url, "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
			body: JSON.stringify(body),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
		return { handle: JSON.parse(text).handle, words: passphrase };
	};
	return {
		url: server.url,
		founder: await send("/api/set-up", founded),
		admit: (code) => send("/api/invitations/take", entry(code, "इन्द्रेणी")),
		stop: server.stop,
	};
}

function printedCode(server: Server): string {
	const found = /^ {4}([A-Z0-9-]+)$/m.exec(server.printed());
	if (!found?.[1]) throw new Error(`no code in:\n${server.printed()}`);
	return found[1];
}
