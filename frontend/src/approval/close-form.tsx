import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Field, Form, Notice } from "../ui/index.ts";
import { lock } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { closeAccount } from "./api.ts";

/** CloseForm shuts a way in by one alone, since waiting may cost more than shutting it in error. */
export function CloseForm() {
	const [handle, setHandle] = useState("");
	const [reason, setReason] = useState("");
	const [done, setDone] = useState(false);
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const closing = useAct(async () => {
		setDone(false);
		setTried(true);
		if (!handle.trim() || !reason.trim()) return;
		await closeAccount(handle.trim(), reason.trim(), intention);
		setHandle("");
		setReason("");
		setTried(false);
		setDone(true);
	});
	return (
		<Form onSend={() => void closing.run()}>
			<p class="soft">{m["asks.close.what"]()}</p>
			<Field
				label={m["asks.handle"]()}
				hint={m["asks.handle.hint"]()}
				value={handle}
				onInput={setHandle}
				error={tried && !handle.trim() ? m["err.required"]() : fieldWords(closing.problem, "handle")}
			/>
			<Field
				label={m["asks.reason"]()}
				hint={m["asks.reason.hint"]()}
				lines={2}
				maxLength={500}
				value={reason}
				onInput={setReason}
				error={tried && !reason.trim() ? m["err.required"]() : fieldWords(closing.problem, "reason")}
			/>
			<Trouble problem={closing.problem} />
			{done && (
				<Notice tone="ok" live>
					{m["asks.close.done"]()}
				</Notice>
			)}
			<Button kind="stop" type="submit" wide picture={lock} busy={closing.busy}>
				{m["asks.close.do"]()}
			</Button>
		</Form>
	);
}
