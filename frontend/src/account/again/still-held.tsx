import { useRef, useState } from "preact/hooks";
import { Intention } from "../../lib/api/index.ts";
import { dayWords } from "../../lib/calendar/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m, number } from "../../lib/words/index.ts";
import { Busy, Button, Field, Form, Icon } from "../../ui/index.ts";
import { lock, ok } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { paperFrom, paperSigns } from "../factor/typed.ts";
import { useWait } from "../wait.ts";
import { openHeld } from "./api.ts";

interface Props {
	/** The day on which it opens by itself. */
	until: string;
	onOpened: () => void;
}

/** StillHeld says what is closed since two people let her in, until when, and opens it with the code of her paper. */
export function StillHeld({ until, onOpened }: Props) {
	return (
		<section class="card stack">
			<h2>{m["held.title"]()}</h2>
			<p>
				{m["held.what"]()} <b>{m["held.until"]({ date: dayWords(until) })}</b>
			</p>
			<ul class="list">
				<li>
					<Icon of={lock} framed />
					<span class="grow">{m["held.closed"]()}</span>
				</li>
				<li>
					<Icon of={ok} framed />
					<span class="grow">{m["held.works"]()}</span>
				</li>
			</ul>
			<Opening onOpened={onOpened} />
		</section>
	);
}

function Opening({ onOpened }: { onOpened: () => void }) {
	const [code, setCode] = useState("");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const whole = paperFrom(code);
	const opening = useAct(async () => {
		if (!whole) return;
		await openHeld(whole, intention);
		onOpened();
	});
	const waiting = useWait(opening.problem?.retryAfter ?? null, opening.clear);
	function send(): void {
		setTried(true);
		if (whole && !waiting) void opening.run();
	}
	return (
		<Form class="stack ruled" onSend={send}>
			<p>{m["held.code"]()}</p>
			<Trouble problem={opening.problem} />
			<Field
				label={m["factor.code"]()}
				hint={m["again.code.hint"]()}
				value={code}
				onInput={setCode}
				error={tried && !whole ? m["factor.paper.short"]({ count: number(paperSigns) }) : null}
			/>
			<Button type="submit" wide busy={opening.busy} disabled={waiting}>
				{m["held.open"]()}
			</Button>
			<Busy when={opening.busy} />
		</Form>
	);
}
