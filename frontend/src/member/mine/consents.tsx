import { useRef, useState } from "preact/hooks";
import { findLedger, useOldText } from "../../consent/index.ts";
import {
	type AnswerGiven,
	api,
	type ConsentText,
	Intention,
	type LanguageCode,
} from "../../lib/api/index.ts";
import { useAct, useLoad } from "../../lib/page/index.ts";
import { language, m } from "../../lib/words/index.ts";
import { Fold } from "../../ui/fold.tsx";
import { Button, Dialog, Ready } from "../../ui/index.ts";
import { clock } from "../../ui/pictures.ts";
import { Said } from "../../ui/said.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { Answer } from "./answer.tsx";
import type { Mine } from "./page.tsx";
import { Question } from "./question.tsx";

interface Props {
	onChanged: (mine: Mine) => void;
}

/**
 * Consents lists what she said and what she could say. Saying yes is one press,
 * and so is taking it back; only what ends her membership is asked once more.
 */
export function Consents({ onChanged }: Props) {
	const ledger = useLoad(() => findLedger(language.value), [language.value]);
	const [asked, setAsked] = useState<AnswerGiven | null>(null);
	const [done, setDone] = useState<string | null>(null);
	const intention = useRef(new Intention()).current;

	const acting = useAct(async (send: () => Promise<Mine>, said: string) => {
		const now = await send();
		setAsked(null);
		setDone(said);
		onChanged(now);
		ledger.reload();
	});
	useOldText(acting.problem, ledger.reload);
	function begin(): void {
		acting.clear();
		setDone(null);
	}
	function withdraw(answer: AnswerGiven): void {
		begin();
		const send = () =>
			api.post("/api/me/consents/{id}/withdraw", { path: { id: answer.id }, body: {}, intention });
		void acting.run(send, m["mine.withdraw.done"]());
	}
	function give(text: ConsentText): void {
		begin();
		const { purpose, version } = text;
		const one = { purpose, version, language: text.language as LanguageCode };
		const consents = [text.optOut ? { ...one, answer: "no" as const } : one];
		void acting.run(
			() => api.post("/api/me/consents", { body: { consents }, intention }),
			m["ledger.said"](),
		);
	}
	function ask(answer: AnswerGiven): void {
		if (answer.purpose !== "membership") {
			withdraw(answer);
			return;
		}
		begin();
		setAsked(answer);
	}

	return (
		<section class="stack">
			<div>
				<h2>{m["mine.consents"]()}</h2>
				<p class="soft">{m["consent.noCost"]()}</p>
			</div>
			{done && <Said>{done}</Said>}
			{!asked && <Trouble problem={acting.problem} />}
			<Ready of={ledger} rows={2}>
				{({ items, open }) => {
					const stands = items.filter((answer) => answer.stands);
					const past = items.filter((answer) => !answer.stands);
					return (
						<>
							{stands.length === 0 && <p>{m["mine.consent.none"]()}</p>}
							{stands.map((answer) => (
								<Answer key={answer.id} answer={answer} busy={acting.busy} onWithdraw={ask} />
							))}
							{open.length > 0 && (
								<div>
									<h3>{m["ledger.open"]()}</h3>
									<p class="soft">{m["ledger.open.what"]()}</p>
								</div>
							)}
							{open.map((text) => (
								<Question key={text.purpose} text={text} busy={acting.busy} onAnswer={give} />
							))}
							{past.length > 0 && (
								<Fold title={m["ledger.past"]()} picture={clock}>
									{() => past.map((answer) => <Answer key={answer.id} answer={answer} />)}
								</Fold>
							)}
						</>
					);
				}}
			</Ready>
			<Dialog open={asked !== null} title={m["mine.withdraw.ask"]()} onClose={() => setAsked(null)}>
				<p>{m["mine.withdraw.membership"]()}</p>
				<Trouble problem={acting.problem} />
				<Button kind="primary" wide busy={acting.busy} onPress={() => asked && withdraw(asked)}>
					{m["consent.withdraw"]()}
				</Button>
				<Button kind="quiet" wide onPress={() => setAsked(null)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</section>
	);
}
