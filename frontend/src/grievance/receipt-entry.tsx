import { useState } from "preact/hooks";
import { useAct } from "../lib/page/index.ts";
import { m, numerals } from "../lib/words/index.ts";
import { Busy, Button, Field, Form, Heading, LinkButton } from "../ui/index.ts";
import { talk } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { openThread } from "./api.ts";
import { digitGroups, isReceipt, receiptDigits } from "./receipt.ts";
import type { Thread } from "./types.ts";
import { receiptFault } from "./write-step.tsx";

/** ReceiptEntry takes the digits however they are typed, and finds a slip before the server is asked. */
export function ReceiptEntry({ onOpened }: { onOpened: (receipt: string, thread: Thread) => void }) {
	const [typed, setTyped] = useState("");
	const [tried, setTried] = useState(false);
	const digits = receiptDigits(typed);
	const wrong = tried && !isReceipt(digits);
	const opening = useAct(async () => onOpened(digits, await openThread(digits)));
	function go(): void {
		setTried(true);
		if (isReceipt(digits)) void opening.run();
	}
	function change(text: string): void {
		setTyped(text);
		setTried(false);
		opening.clear();
	}
	return (
		<main id="main">
			<Heading key="enter">{m["receipt.return"]()}</Heading>
			<Trouble problem={opening.problem} />
			<Form class="card slab stack" onSend={go}>
				<Field
					label={m["receipt.enter"]()}
					hint={m["err.digitsBoth"]()}
					inputMode="numeric"
					value={typed}
					onInput={change}
					error={wrong ? receiptFault(digits.length) : fieldWords(opening.problem, "receipt")}
				/>
				{digits && (
					<p class="num">{m["receipt.readAs"]({ digits: numerals(digitGroups(digits).join(" ")) })}</p>
				)}
				<Button kind="primary" type="submit" wide busy={opening.busy}>
					{m["receipt.return"]()}
				</Button>
				<Busy when={opening.busy} />
			</Form>
			<p class="soft">{m["receipt.memory"]()}</p>
			<div>
				<LinkButton kind="quiet" picture={talk} href="/talk">
					{m["talk.title"]()}
				</LinkButton>
			</div>
		</main>
	);
}
