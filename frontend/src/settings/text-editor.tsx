import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { changeText, draftText, longestText, type Sides, textLanguages, type Wording } from "./texts.ts";

interface Props {
	side: Sides;
	reload: () => void;
	/** Ends with what was done, in words, or null for nothing. */
	onDone: (words: string | null) => void;
}

const labels = { ne: m["texts.in.ne"], en: m["texts.in.en"], nb: m["texts.in.nb"] };

/**
 * TextEditor writes a draft in all languages, beginning with what is there. What
 * she typed stays where another changed the draft meanwhile.
 */
export function TextEditor({ side, reload, onDone }: Props) {
	const [texts, setTexts] = useState<Wording>((side.draft ?? side).texts);
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const keeping = useAct(async () => {
		setTried(true);
		if (textLanguages.some((language) => !texts[language].trim())) return;
		try {
			if (side.draft) await changeText(side.draft, texts);
			else await draftText(side.purpose, texts, intention);
		} catch (trouble) {
			if ([409, 412].includes((trouble as { status?: number }).status ?? 0)) reload();
			throw trouble;
		}
		onDone(m["texts.saved"]());
	});
	return (
		<Form class="stack" onSend={() => void keeping.run()}>
			<p class="soft">{m["texts.write.hint"]()}</p>
			{textLanguages.map((language, i) => (
				<Field
					key={language}
					label={labels[language]()}
					lang={language}
					lines={5}
					first={i === 0}
					maxLength={longestText}
					value={texts[language]}
					onInput={(text) => setTexts((now) => ({ ...now, [language]: text }))}
					error={
						tried && !texts[language].trim()
							? m["err.required"]()
							: fieldWords(keeping.problem, `texts.${language}`)
					}
				/>
			))}
			<Trouble problem={keeping.problem} />
			<div class="line">
				<Button type="submit" kind="primary" busy={keeping.busy}>
					{m["do.keep"]()}
				</Button>
				<Button kind="quiet" onPress={() => onDone(null)}>
					{m["do.leave"]()}
				</Button>
			</div>
			<Busy when={keeping.busy} />
		</Form>
	);
}
