import { ask } from "./ask.ts";
import { demo, stateOf, type Visit, type VisitOptions, visit } from "./visit.ts";

const passphrase = "पाँच शब्द जति लामो वाक्य";

/**
 * visitAsNewMember opens the phone of somebody who has just become a member of
 * Kaski: nothing is booked, nothing asked for, and of all she may say yes to,
 * only that what she wrote may be kept.
 */
export async function visitAsNewMember(alias: string, options: VisitOptions = {}): Promise<Visit> {
	const { items: texts } = await ask<{ items: ConsentText[] }>({ path: "/api/consent-texts?language=ne" });
	const consents = texts
		.filter(({ optional }) => !optional)
		.map(({ purpose, version, language }) => ({ purpose, version, language }));
	const { handle } = await ask<{ handle: string }>({
		path: "/api/registrations",
		body: { alias, language: "ne", passphrase, consents },
	});
	const found = await ask<{ items: { id: string }[] }>({
		path: `/api/members?state=applied&q=${encodeURIComponent(alias)}`,
		as: "coordinator",
	});
	const { groups } = await ask<{ groups: { id: string; name: { en: string } }[] }>({
		path: "/api/desk",
		as: "coordinator",
	});
	await ask({
		path: `/api/members/${found.items[0]?.id}/approve`,
		body: { group: groups.find(({ name }) => name.en === "Kaski")?.id },
		as: "coordinator",
	});
	return visit({ storageState: await stateOf({ address: demo.url, handle, passphrase }), ...options });
}

interface ConsentText {
	purpose: string;
	version: string;
	language: string;
	optional: boolean;
}
