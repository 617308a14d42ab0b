import { useState } from "preact/hooks";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Dialog, Field, Form } from "../ui/index.ts";
import { eye } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { proveWith } from "./session.ts";
import { useWait } from "./wait.ts";

interface Props {
	open: boolean;
	/** With whether she proved it. */
	onDone: (proved: boolean) => void;
}

/** ProofDialog asks for her words once more, before something that only she herself may do. */
export default function ProofDialog({ open, onDone }: Props) {
	return (
		<Dialog open={open} title={m["own.proof.title"]()} onClose={() => onDone(false)}>
			<Asked onDone={onDone} />
		</Dialog>
	);
}

// Apart from the dialog, so that what she types goes with the question.
function Asked({ onDone }: Pick<Props, "onDone">) {
	const [words, setWords] = useState("");
	const [shown, setShown] = useState(false);
	const [missing, setMissing] = useState(false);
	const proving = useAct(async () => {
		await proveWith(words);
		onDone(true);
	});
	const waiting = useWait(proving.problem?.retryAfter ?? null, proving.clear);
	function send(): void {
		setMissing(!words);
		if (words && !waiting) void proving.run();
	}
	return (
		<Form onSend={send}>
			<p>{m["own.proof.why"]()}</p>
			<Trouble problem={proving.problem} />
			<Field
				label={m["own.proof.words"]()}
				type={shown ? "text" : "password"}
				value={words}
				onInput={setWords}
				first
				error={missing && !words ? m["own.proof.missing"]() : null}
			/>
			<Button kind="quiet" picture={eye} pressed={shown} onPress={() => setShown(!shown)}>
				{shown ? m["signin.hide"]() : m["signin.show"]()}
			</Button>
			<Button kind="primary" type="submit" wide busy={proving.busy} disabled={waiting}>
				{m["do.next"]()}
			</Button>
			<Button kind="quiet" wide onPress={() => onDone(false)}>
				{m["do.later"]()}
			</Button>
			<p class="soft">{m["own.proof.later"]()}</p>
			<Busy when={proving.busy} />
		</Form>
	);
}
