import { useState } from "preact/hooks";
import type { Act } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Busy, Button, Form, Heading, Steps } from "../../ui/index.ts";
import { back } from "../../ui/pictures.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { leastOwn, type Phrase, phraseFault } from "../phrase.ts";
import { PhraseChooser } from "../phrase-chooser.tsx";

interface Props {
	phrase: Phrase;
	onPhrase: (phrase: Phrase) => void;
	sending: Act<[]>;
	waiting: boolean;
	onBack: () => void;
}

/** NewWordsStep: the words that let her in from now on. */
export function NewWordsStep({ phrase, onPhrase, sending, waiting, onBack }: Props) {
	const [tried, setTried] = useState(false);
	// Of whom the name is isn't known here: whoever works here and needs more is told so by the server.
	const fault = phraseFault(phrase, leastOwn.member);
	function go(): void {
		setTried(true);
		if (!fault && !waiting) void sending.run();
	}
	return (
		<main id="main">
			<Steps step={2} total={2} name={m["join.stepWords"]()} />
			<div>
				<Heading key="words">{m["join.words.title"]()}</Heading>
				<p class="soft">{m["again.words.why"]()}</p>
			</div>
			<Form class="stack wide-gap" onSend={go}>
				<Trouble problem={sending.problem} />
				<PhraseChooser
					phrase={phrase}
					onChange={onPhrase}
					least={leastOwn.member}
					fault={tried ? fault : null}
					refused={
						fieldWords(sending.problem, "passphrase") ?? fieldWords(sending.problem, "secondPassphrase")
					}
				/>
				<Button kind="primary" type="submit" wide busy={sending.busy} disabled={waiting}>
					{m["own.words.keep"]()}
				</Button>
				<Busy when={sending.busy} />
				<Button kind="quiet" picture={back} onPress={onBack}>
					{m["do.back"]()}
				</Button>
			</Form>
		</main>
	);
}
