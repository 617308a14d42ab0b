import { useRef, useState } from "preact/hooks";
import { ConsentTick, findTexts, given, useOldText } from "../consent/index.ts";
import { type ConsentText, Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { language, m } from "../lib/words/index.ts";
import { Button, Form, Ready } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { offer } from "./api.ts";
import { TellFields, useDraft } from "./tell-form.tsx";

/** OfferForm is where she gives something for others to read, with her yes to showing exactly this. */
export function OfferForm({ onGiven }: { onGiven: () => void }) {
	const texts = useLoad(() => findTexts(language.value, "story"), [language.value]);
	return (
		<div class="stack">
			<p>{m["tell.intro"]()}</p>
			<Ready of={texts}>
				{(all) => {
					const text = all.find(({ purpose }) => purpose === "story");
					return text ? <Offering text={text} anew={texts.reload} onGiven={onGiven} /> : null;
				}}
			</Ready>
		</div>
	);
}

interface OfferingProps {
	text: ConsentText;
	/** Asks for the text again. */
	anew: () => void;
	onGiven: () => void;
}

function Offering({ text, anew, onGiven }: OfferingProps) {
	const draft = useDraft();
	const [yes, setYes] = useState(false);
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const offering = useAct(async () => {
		setTried(true);
		const [consent] = given([text], { story: yes });
		if (draft.empty || !consent) return;
		await offer({ ...draft.telling, language: language.value }, consent, intention);
		onGiven();
	});
	useOldText(offering.problem, () => {
		setYes(false);
		anew();
	});
	return (
		<Form onSend={() => void offering.run()}>
			<TellFields draft={draft} tried={tried} act={offering} />
			<ConsentTick
				text={{ ...text, optional: false }}
				checked={yes}
				onChange={setYes}
				error={tried && !yes ? m["err.required"]() : null}
			/>
			<Trouble problem={offering.problem} />
			<Button kind="primary" type="submit" wide busy={offering.busy}>
				{m["tell.send"]()}
			</Button>
		</Form>
	);
}
