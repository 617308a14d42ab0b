import { useRef, useState } from "preact/hooks";
import { type Answer, Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { asciiDigits, m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { checkDigits, type Messages, type Way } from "./api.ts";

interface Props {
	way: Way;
	sent: string;
	/** They were sent just now: she goes on here. */
	first: boolean;
	onChanged: (now: Answer<Messages>) => void;
	onAgain: () => void;
}

/** Digits takes the six that were sent to a number or address of hers. */
export function Digits({ way, sent, first, onChanged, onAgain }: Props) {
	const [code, setCode] = useState("");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const checking = useAct(async () => onChanged(await checkDigits(way, asciiDigits(code), intention)));
	const missing = tried && !code.trim() ? m["err.required"]() : null;
	return (
		<Form
			onSend={() => {
				setTried(true);
				if (code.trim()) void checking.run();
			}}
		>
			<p role="status">{sent}</p>
			<Field
				label={m["notice.code.type"]()}
				value={code}
				onInput={setCode}
				inputMode="numeric"
				maxLength={20}
				first={first}
				error={missing ?? fieldWords(checking.problem, "code")}
			/>
			<Trouble problem={checking.problem} />
			<Button type="submit" kind="primary" wide busy={checking.busy}>
				{m["notice.code.check"]()}
			</Button>
			<Button kind="quiet" wide onPress={onAgain}>
				{m["notice.code.again"]()}
			</Button>
			<Busy when={checking.busy} />
		</Form>
	);
}
