import { heardAt, Listen, purposeWords } from "../../consent/index.ts";
import type { ConsentText } from "../../lib/api/index.ts";
import { m, number } from "../../lib/words/index.ts";
import { Button } from "../../ui/index.ts";

interface Props {
	text: ConsentText;
	busy: boolean;
	onAnswer: (text: ConsentText) => void;
}

/** Question is one text that she could answer, by itself; leaving it is an answer too. */
export function Question({ text, busy, onAnswer }: Props) {
	const heard = heardAt(text);
	return (
		<article class="card stack">
			<h4>{purposeWords(text.purpose)}</h4>
			<p lang={text.language}>{text.text}</p>
			{heard && <Listen key={heard} from={heard} name={purposeWords(text.purpose)} />}
			<p class="soft">
				{text.optOut ? m["ledger.counted"]() : m["join.consent.months"]({ count: number(text.validMonths) })}
			</p>
			<div class="line">
				<span class="end">
					<Button busy={busy} onPress={() => onAnswer(text)}>
						{text.optOut ? m["ledger.noCount"]() : m["consent.give"]()}
						<span class="sr"> {purposeWords(text.purpose)}</span>
					</Button>
				</span>
			</div>
		</article>
	);
}
