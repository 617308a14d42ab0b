import { useState } from "preact/hooks";
import { leastOwn, PhraseChooser, phraseFault } from "../../account/index.ts";
import { m } from "../../lib/words/index.ts";
import { fieldWords } from "../../ui/trouble.tsx";
import { StepFrame, type StepProps } from "./step.tsx";

/** WordsStep: the words that let her in next time. */
export function WordsStep({ draft, change, problem, onNext, onBack }: StepProps) {
	const [tried, setTried] = useState(false);
	const fault = phraseFault(draft.phrase, leastOwn.member);
	function go(): void {
		setTried(true);
		if (!fault) onNext();
	}
	return (
		<StepFrame
			step="words"
			title={m["join.words.title"]()}
			problem={problem}
			go={m["do.next"]()}
			onGo={go}
			onBack={onBack}
		>
			<p class="soft">{m["join.words.why"]()}</p>
			<PhraseChooser
				phrase={draft.phrase}
				onChange={(phrase) => change({ phrase })}
				least={leastOwn.member}
				fault={tried ? fault : null}
				refused={fieldWords(problem, "passphrase") ?? fieldWords(problem, "secondPassphrase")}
			/>
		</StepFrame>
	);
}
