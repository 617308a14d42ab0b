import { purposeWords } from "../../consent/index.ts";
import type { AnswerGiven } from "../../lib/api/index.ts";
import { dayWords } from "../../lib/calendar/index.ts";
import { m } from "../../lib/words/index.ts";
import { Badge, Button } from "../../ui/index.ts";
import { ok, pause } from "../../ui/pictures.ts";
import { roleNames } from "./field-names.ts";

interface Props {
	answer: AnswerGiven;
	busy?: boolean;
	/** Absent for what is over. */
	onWithdraw?: (answer: AnswerGiven) => void;
}

/** Answer is one thing she said: the very text, when and how, until when, and the way to take it back. */
export function Answer({ answer, busy, onWithdraw }: Props) {
	const { purpose, witness } = answer;
	return (
		<article class="card stack">
			<h3>{purposeWords(purpose)}</h3>
			<p lang={answer.language}>{answer.text}</p>
			<p class="soft">{datesOf(answer)}</p>
			{witness && <p class="soft">{m["ledger.witness"]({ who: roleNames([witness.role]) })}</p>}
			{answer.heard && <p class="soft">{m["ledger.heard"]()}</p>}
			<div class="line">
				<Standing answer={answer} />
				{onWithdraw && answer.mayWithdraw && (
					<span class="end">
						<Button busy={busy ?? false} onPress={() => onWithdraw(answer)}>
							{m["consent.withdraw"]()} <span class="sr">{purposeWords(purpose)}</span>
						</Button>
					</span>
				)}
			</div>
		</article>
	);
}

function Standing({ answer }: { answer: AnswerGiven }) {
	if (answer.withdrawn) return <Badge picture={pause}>{m["mine.consent.back"]()}</Badge>;
	if (answer.no) return <Badge picture={pause}>{m["ledger.uncounted"]()}</Badge>;
	if (!answer.stands) return null;
	return (
		<Badge tone="ok" picture={ok}>
			{m["mine.consent.given"]()}
		</Badge>
	);
}

function datesOf({ givenAt, until, withdrawn, stands }: AnswerGiven): string {
	if (withdrawn) return m["mine.consent.withdrawn"]({ date: dayWords(withdrawn) });
	if (!until) return m["ledger.saidOn"]({ date: dayWords(givenAt) });
	if (!stands) return m["ledger.ended"]({ date: dayWords(until) });
	return m["consent.given"]({ date: dayWords(givenAt), until: dayWords(until) });
}
