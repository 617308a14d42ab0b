import { useRef, useState } from "preact/hooks";
import { has, leastOwn, noPhrase, PhraseChooser, phraseFault, spoken } from "../../account/index.ts";
import { api, Intention } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Busy, Button, Form, Notice } from "../../ui/index.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";

/** NewWords changes the words that let her in; wherever else she is signed in, that ends. */
export function NewWords() {
	const [phrase, setPhrase] = useState(noPhrase);
	const [tried, setTried] = useState(false);
	const [done, setDone] = useState(false);
	const intention = useRef(new Intention()).current;
	const least = has("applicant", "member") ? leastOwn.member : leastOwn.staff;
	const fault = phraseFault(phrase, least);
	const changing = useAct(async () => {
		await api.post("/api/session/passphrase", { body: { passphrase: spoken(phrase) }, intention });
		setPhrase(noPhrase);
		setDone(true);
	});
	function send(): void {
		setTried(true);
		if (!fault) void changing.run();
	}
	if (done) {
		return (
			<Notice tone="ok" live>
				{m["own.words.done"]()}
			</Notice>
		);
	}
	return (
		<Form onSend={send}>
			<p>{m["own.words.what"]()}</p>
			<PhraseChooser
				phrase={phrase}
				onChange={setPhrase}
				least={least}
				fault={tried ? fault : null}
				refused={fieldWords(changing.problem, "passphrase")}
			/>
			<Trouble problem={changing.problem} />
			<Button type="submit" kind="primary" wide busy={changing.busy}>
				{m["own.words.keep"]()}
			</Button>
			<Busy when={changing.busy} />
		</Form>
	);
}
