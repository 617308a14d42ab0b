import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Notice } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { replyTo } from "./api.ts";

/**
 * Unsent offers to send what she wrote after a try that had arrived without her
 * knowing: it goes after the first words, by their receipt.
 */
export function Unsent({ receipt, text }: { receipt: string; text: string }) {
	const [sent, setSent] = useState(false);
	const intention = useRef(new Intention()).current;
	const sending = useAct(async () => {
		await replyTo(receipt, text, intention.keyFor(text));
		setSent(true);
	});
	if (sent) {
		return (
			<Notice tone="ok" live>
				{m["state.sent"]()}
			</Notice>
		);
	}
	return (
		<Notice tone="warn" title={m["talk.first"]()}>
			<div class="stack">
				<p class="msg">{text}</p>
				<Trouble problem={sending.problem} />
				<Button busy={sending.busy} onPress={sending.run}>
					{m["talk.first.send"]()}
				</Button>
			</div>
		</Notice>
	);
}
