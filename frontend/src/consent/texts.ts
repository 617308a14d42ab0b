import { api, type ConsentText, type GivenConsent, type LanguageCode } from "../lib/api/index.ts";

/** The texts that consent is asked with at one place, in one language: nothing is asked before it is needed. */
export async function findTexts(
	language: LanguageCode,
	asked: ConsentText["asked"] = "joining",
): Promise<ConsentText[]> {
	const { data } = await api.get("/api/consent-texts", { query: { language } });
	return data.items.filter((text) => text.asked === asked).map((text) => ({ ...text, language }));
}

/** Every answer she gave, and the texts that she could answer now, in one language. */
export async function findLedger(language: LanguageCode) {
	const { data } = await api.get("/api/me/consents", { query: { language } });
	return { items: data.items, open: data.open.map((text) => ({ ...text, language })) };
}

/** heardAt is where a text is read out in its language; null where nobody has recorded it. */
export function heardAt({ purpose, version, language, recordings }: ConsentText): string | null {
	return recordings.includes(language)
		? `/api/consent-texts/recordings/${purpose}/${version}/${language}`
		: null;
}

/** What she said yes to: the purposes that are ticked. */
export type Ticks = Readonly<Record<string, boolean>>;

/** given turns ticks into consents of exactly the texts that she read. */
export function given(texts: readonly ConsentText[], ticks: Ticks): GivenConsent[] {
	return texts
		.filter((text) => ticks[text.purpose])
		.map(({ purpose, version, language }) => ({ purpose, version, language }));
}
