import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { replyTo } from "./api.ts";
import { mostText } from "./draft.ts";
import type { Thread } from "./types.ts";

/** Reply sends more words of hers. A press repeated because the line broke is taken once. */
export function Reply({ receipt, onSent }: { receipt: string; onSent: (now: Thread) => Promise<void> }) {
	const [text, setText] = useState("");
	const [missing, setMissing] = useState(false);
	const intention = useRef(new Intention()).current;
	const sending = useAct(async () => {
		const words = text.trim();
		setMissing(!words);
		if (!words) return;
		const now = await replyTo(receipt, words, intention.keyFor(words));
		intention.settle();
		setText("");
		await onSent(now);
	});
	return (
		<Form class="card stack" onSend={() => void sending.run()}>
			<Trouble problem={sending.problem} />
			<Field
				label={m["outcome.write"]()}
				hint={m["exit.unsent"]()}
				lines={4}
				maxLength={mostText}
				value={text}
				onInput={setText}
				error={missing && !text.trim() ? m["err.required"]() : fieldWords(sending.problem, "text")}
			/>
			<Button type="submit" busy={sending.busy}>
				{m["do.send"]()}
			</Button>
			<Busy when={sending.busy} />
		</Form>
	);
}
