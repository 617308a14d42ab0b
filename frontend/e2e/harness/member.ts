import { ask } from "./ask.ts";
import { demo, stateOf, type Visit, type VisitOptions, visit } from "./visit.ts";

const passphrase = "पाँच शब्द जति लामो वाक्य";

/** Somebody who has just become a member of Kaski, by the name she signs in with. */
export interface NewMember {
	handle: string;
	/** Opens a phone of hers, signed in. */
	visits: (options?: VisitOptions) => Promise<Visit>;
}

/**
 * newMember is somebody who has just become a member of Kaski: nothing is booked,
 * nothing asked for, and of all she may say yes to, only that what she wrote may
 * be kept, and that a phone number may be seen by her coordinator if she has one.
 */
export async function newMember(alias: string, phone?: string): Promise<NewMember> {
	const { items: texts } = await ask<{ items: ConsentText[] }>({ path: "/api/consent-texts?language=ne" });
	const consents = texts
		.filter(({ optional, purpose }) => !optional || (phone && purpose === "coordinator_phone"))
		.map(({ purpose, version, language }) => ({ purpose, version, language }));
	const { handle } = await ask<{ handle: string }>({
		path: "/api/registrations",
		body: { alias, language: "ne", passphrase, consents, ...(phone && { phone }) },
	});
	const found = await ask<{ items: { id: string }[] }>({
		path: `/api/members?state=applied&q=${encodeURIComponent(alias)}`,
		as: "coordinator",
	});
	await ask({
		path: `/api/members/${found.items[0]?.id}/approve`,
		body: { group: await kaski() },
		as: "coordinator",
	});
	return {
		handle,
		visits: async (options = {}) =>
			visit({ storageState: await stateOf({ address: demo.url, handle, passphrase }), ...options }),
	};
}

/** visitAsNewMember opens the phone of such a member. */
export async function visitAsNewMember(alias: string, options: VisitOptions = {}): Promise<Visit> {
	return (await newMember(alias)).visits(options);
}

/** The id of the group in which they are. */
async function kaski(): Promise<string | undefined> {
	const { groups } = await ask<{ groups: { id: string; name: { en: string } }[] }>({
		path: "/api/desk",
		as: "coordinator",
	});
	return groups.find(({ name }) => name.en === "Kaski")?.id;
}

interface ConsentText {
	purpose: string;
	version: string;
	language: string;
	optional: boolean;
}
