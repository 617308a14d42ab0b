import { useEffect, useRef, useState } from "preact/hooks";
import { type DeclineReason, Intention } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Button, Choices, Field } from "../../ui/index.ts";
import { copy, pin, talk, umb } from "../../ui/pictures.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { reasonWords, standingWords } from "../words.ts";
import { decline, type Person, type PersonAnswer } from "./api.ts";

interface Props {
	person: Person;
	onBack: () => void;
	onDeclined: (now: PersonAnswer, words: string) => void;
}

const mostWords = 600;

/** Decline is a no with its reason, shown as the woman will read it before it is sent. */
export function Decline({ person, onBack, onDeclined }: Props) {
	const [reason, setReason] = useState<DeclineReason | null>(null);
	const [words, setWords] = useState("");
	const [missing, setMissing] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const intention = useRef(new Intention()).current;
	const declining = useAct(async () => {
		setMissing(reason === null);
		if (!reason) return;
		onDeclined(await decline(person.id, reason, words.trim(), intention), m["answer.declined"]());
	});
	const said = words.trim();

	return (
		<form
			class="stack ruled"
			onSubmit={(event) => {
				event.preventDefault();
				void declining.run();
			}}
		>
			<h3 ref={heading} tabIndex={-1}>
				{m["answer.decline.title"]({ name: person.name })}
			</h3>
			<Choices
				legend={m["answer.reason"]()}
				layout="tiles"
				value={reason}
				onChange={(value) => setReason(value as DeclineReason)}
				error={missing && !reason ? m["answer.reason.missing"]() : fieldWords(declining.problem, "reason")}
				choices={[
					{ value: "talk_first", label: m["answer.reason.talk_first"](), picture: talk },
					{ value: "not_this_group", label: m["answer.reason.not_this_group"](), picture: pin },
					{ value: "duplicate", label: m["answer.reason.duplicate"](), picture: copy },
					{ value: "other", label: m["answer.reason.other"](), picture: umb },
				]}
			/>
			<Field
				label={m["answer.words"]()}
				hint={m["answer.words.hint"]()}
				lines={4}
				maxLength={mostWords}
				value={words}
				onInput={setWords}
				error={fieldWords(declining.problem, "words")}
			/>
			<div class="stack tight" aria-live="polite">
				<p class="lab">{m["answer.preview"]()}</p>
				<blockquote class="msg stack tight">
					<p>{standingWords("declined")}</p>
					{reason && <p>{m["membership.reason"]({ reason: reasonWords(reason) })}</p>}
					{said && <p>{said}</p>}
					<p class="soft">{m["mine.state.after"]()}</p>
				</blockquote>
			</div>
			<Trouble problem={declining.problem} />
			<div class="line">
				<Button type="submit" kind="primary" busy={declining.busy}>
					{m["answer.send"]()}
				</Button>
				<Button kind="quiet" onPress={onBack}>
					{m["do.back"]()}
				</Button>
			</div>
		</form>
	);
}
