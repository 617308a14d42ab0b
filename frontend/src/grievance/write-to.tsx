import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Choices, Field, Form } from "../ui/index.ts";
import { lock, pen } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { addNote, answer } from "./api.ts";
import { mostText } from "./draft.ts";
import { orStale } from "./stale.ts";
import type { Matter } from "./types.ts";

type Kind = "reply" | "decision" | "note";

interface Props {
	matter: Matter;
	onDone: (now: Matter, words: string) => void;
	onStale: () => void;
}

/** WriteTo is the one box of a handler: an answer, the decision, or a note that only readers see. */
export function WriteTo({ matter, onDone, onStale }: Props) {
	const [kind, setKind] = useState<Kind>("reply");
	const [text, setText] = useState("");
	const [missing, setMissing] = useState(false);
	const intention = useRef(new Intention()).current;
	const decides = matter.decideBy !== null && matter.state !== "decided";
	const shown = kind === "decision" && !decides ? "reply" : kind;
	const words: Record<Kind, { hint: string; send: string; done: string }> = {
		reply: { hint: m["handle.reply.hint"](), send: m["handle.reply"](), done: m["state.sent"]() },
		decision: { hint: m["handle.reply.hint"](), send: m["handle.decide.send"](), done: m["state.sent"]() },
		note: { hint: m["handle.note.hint"](), send: m["handle.note"](), done: m["state.saved"]() },
	};
	const sending = useAct(async () => {
		const said = text.trim();
		setMissing(!said);
		if (!said) return;
		const now = await orStale(
			shown === "note"
				? addNote(matter.id, said, intention)
				: answer(matter.id, said, shown === "decision", intention),
			onStale,
		);
		setText("");
		onDone(now, words[shown].done);
	});
	return (
		<Form class="card slab stack" onSend={() => void sending.run()}>
			<Choices
				legend={m["handle.kind"]()}
				layout="slots"
				value={shown}
				onChange={(value) => setKind(value as Kind)}
				choices={[
					{ value: "reply", label: m["handle.kind.reply"]() },
					...(decides ? [{ value: "decision", label: m["handle.kind.decision"]() }] : []),
					{ value: "note", label: m["handle.kind.note"]() },
				]}
			/>
			<Field
				label={m["handle.write"]()}
				hint={words[shown].hint}
				lines={4}
				maxLength={mostText}
				value={text}
				onInput={setText}
				error={missing && !text.trim() ? m["err.required"]() : fieldWords(sending.problem, "text")}
			/>
			<Trouble problem={sending.problem} />
			<Button kind="primary" type="submit" picture={shown === "note" ? pen : lock} busy={sending.busy}>
				{words[shown].send}
			</Button>
			<Busy when={sending.busy} />
		</Form>
	);
}
