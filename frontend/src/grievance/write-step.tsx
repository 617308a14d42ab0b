import { useState } from "preact/hooks";
import type { Problem } from "../lib/api/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Busy, Field, Notice } from "../ui/index.ts";
import { pen } from "../ui/pictures.ts";
import { fieldWords } from "../ui/trouble.tsx";
import { isNobodyFree, lackOf, mostName, mostText, readersLeft } from "./draft.ts";
import { receiptLength } from "./receipt.ts";
import { type ChosenProps, StepFrame } from "./step.tsx";
import { NobodyFree, WhoReads } from "./who-reads.tsx";

type Props = Omit<ChosenProps, "onNext"> & {
	problem: Problem | null;
	busy: boolean;
	/** It waits for the form to be old enough. */
	waiting: boolean;
	onSend: () => void;
};

/** WriteStep: her words, and her name or an earlier receipt only if she wishes. */
export function WriteStep(props: Props) {
	const { form, category, draft, change, problem, busy, waiting, onSend, onBack } = props;
	const [tried, setTried] = useState(false);
	const lack = tried ? lackOf(draft) : {};
	function go(): void {
		setTried(true);
		if (Object.keys(lackOf(draft)).length === 0) onSend();
	}
	return (
		<StepFrame
			step="write"
			title={m["talk.write.title"]()}
			problem={problem}
			go={m["do.send"]()}
			busy={busy}
			onGo={go}
			onBack={onBack}
		>
			{isNobodyFree(problem) && <NobodyFree outside={form.outside} />}
			<p>
				<WhoReads readers={readersLeft(category, draft)} />
			</p>
			<Notice tone="info" picture={pen}>
				{m["exit.unsent"]()}
			</Notice>
			<Field
				label={m["talk.write.label"]()}
				hint={m["talk.write.hint"]()}
				lines={8}
				maxLength={mostText}
				required
				value={draft.text}
				onInput={(text) => change({ text })}
				error={lack.text ? m["err.required"]() : fieldWords(problem, "text")}
			/>
			<Field
				label={m["talk.name"]()}
				hint={m["talk.name.hint"]()}
				maxLength={mostName}
				value={draft.name}
				onInput={(name) => change({ name })}
				error={fieldWords(problem, "name")}
			/>
			<Field
				label={m["talk.earlier"]()}
				hint={m["talk.earlier.hint"]()}
				inputMode="numeric"
				value={draft.earlier}
				onInput={(earlier) => change({ earlier })}
				error={lack.earlier === undefined ? fieldWords(problem, "earlier") : receiptFault(lack.earlier)}
			/>
			<p class="soft">{m["talk.firstReply"]({ count: number(category.acknowledge) })}</p>
			<Busy when={busy} />
			<p class="soft" role="status">
				{waiting && m["talk.waiting"]()}
			</p>
		</StepFrame>
	);
}

/** receiptFault says what is wrong with a receipt of so many digits. */
export function receiptFault(digits: number): string {
	return digits === receiptLength
		? m["receipt.notMatch"]()
		: m["err.digits"]({ need: number(receiptLength), count: number(digits) });
}
