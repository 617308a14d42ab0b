import { useState } from "preact/hooks";
import { chosen, leastOwn, noPhrase, type Phrase, PhraseChooser, phraseFault } from "../account/index.ts";
import { ConsentTick, findTexts, given, type Ticks, useChangedLanguage } from "../consent/index.ts";
import type { ConsentText, GivenConsent, LanguageCode } from "../lib/api/index.ts";
import { type Loaded, useLoad } from "../lib/page/index.ts";
import { language, m } from "../lib/words/index.ts";
import { Notice, Ready } from "../ui/index.ts";

/** How somebody comes in who was given a code: the words to sign in with, and her yes. */
export interface Entry {
	texts: Loaded<ConsentText[]>;
	/** The texts without a yes to which nobody comes in. */
	needed: ConsentText[];
	phrase: Phrase;
	setPhrase: (phrase: Phrase) => void;
	ticks: Ticks;
	setTicks: (ticks: Ticks) => void;
	/** She chose another language after she had ticked something. */
	changed: boolean;
	/** Everything is there that this asks for. */
	whole: boolean;
	/** Takes her yes back and asks for the texts again. */
	anew: () => void;
	/** What is sent of it. */
	given: () => { language: LanguageCode; passphrase: string; consents: GivenConsent[] };
}

export function useEntry(): Entry {
	const texts = useLoad(() => findTexts(language.peek()), [language.value]);
	const [phrase, setPhrase] = useState(noPhrase);
	const [ticks, setTicks] = useState<Ticks>({});
	const changed = useChangedLanguage(() => setTicks({}));
	const needed = (texts.data ?? []).filter((text) => !text.optional);
	return {
		texts,
		needed,
		phrase,
		setPhrase,
		ticks,
		setTicks,
		changed,
		whole:
			texts.data !== null &&
			phraseFault(phrase, leastOwn.staff) === null &&
			needed.every(({ purpose }) => ticks[purpose]),
		anew: () => {
			setTicks({});
			texts.reload();
		},
		given: () => ({
			language: language.peek(),
			...chosen(phrase),
			consents: given(needed, ticks),
		}),
	};
}

interface Props {
	of: Entry;
	/** She has tried to go on, so what is missing is marked. */
	tried: boolean;
	/** What the server had against her words. */
	refused: string | null;
}

/** EntryFields asks for the words and for her yes, one text at a time. */
export function EntryFields({ of: entry, tried, refused }: Props) {
	const { texts, needed, phrase, ticks } = entry;
	return (
		<>
			<section class="card stack">
				<h2>{m["join.words.title"]()}</h2>
				<PhraseChooser
					phrase={phrase}
					onChange={entry.setPhrase}
					least={leastOwn.staff}
					fault={tried ? phraseFault(phrase, leastOwn.staff) : null}
					refused={refused}
				/>
			</section>
			{entry.changed && <Notice tone="info">{m["join.consent.changed"]()}</Notice>}
			<Ready of={texts}>
				{() => (
					<>
						{needed.map((text) => (
							<ConsentTick
								key={text.purpose}
								text={text}
								checked={ticks[text.purpose] ?? false}
								onChange={(yes) => entry.setTicks({ ...ticks, [text.purpose]: yes })}
								error={tried && !ticks[text.purpose] ? m["fault.registration.consent_missing"]() : null}
							/>
						))}
					</>
				)}
			</Ready>
		</>
	);
}
