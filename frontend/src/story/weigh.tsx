import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Button, Field, Form, Notice, Ready } from "../ui/index.ts";
import { ok, talk } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { accept, findWaiting, pictureBefore, sendBack, type Waiting } from "./api.ts";
import { Telling } from "./telling.tsx";

const mostNote = 600;

/** Weigh is what must be read before it shows, for whoever says whether it may. */
export function Weigh({ onShown }: { onShown: () => void }) {
	const waiting = useLoad(findWaiting);
	const [told, setTold] = useState(false);
	return (
		<section class="stack">
			<div>
				<h2>{m["weigh.title"]()}</h2>
				<p class="soft">{m["weigh.intro"]()}</p>
			</div>
			{told && (
				<Notice tone="ok" live>
					{m["weigh.accepted"]()}
				</Notice>
			)}
			<Ready of={waiting}>
				{(all) =>
					all.length === 0 ? (
						<p class="soft">{m["weigh.none"]()}</p>
					) : (
						all.map((one) => (
							<One
								key={`${one.id}${one.version}`}
								one={one}
								onDone={() => {
									setTold(true);
									waiting.reload();
									onShown();
								}}
							/>
						))
					)
				}
			</Ready>
		</section>
	);
}

function One({ one, onDone }: { one: Waiting; onDone: () => void }) {
	const intention = useRef(new Intention()).current;
	const accepting = useAct(async () => {
		await accept(one, intention);
		onDone();
	});
	return (
		<article class="card stack">
			<Telling of={one} level={3} picture={pictureBefore(one)} />
			<Trouble problem={accepting.problem} />
			{one.mayAccept ? (
				<Button kind="primary" picture={ok} busy={accepting.busy} onPress={accepting.run}>
					{m["weigh.accept"]()}
				</Button>
			) : (
				<p class="soft">{m["weigh.yours"]()}</p>
			)}
			<Fold title={m["weigh.return"]()} picture={talk}>
				{() => <SendBack id={one.id} onDone={onDone} />}
			</Fold>
		</article>
	);
}

function SendBack({ id, onDone }: { id: string; onDone: () => void }) {
	const [note, setNote] = useState("");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const sending = useAct(async () => {
		setTried(true);
		if (!note.trim()) return;
		await sendBack(id, note.trim(), intention);
		onDone();
	});
	return (
		<Form onSend={() => void sending.run()}>
			<Field
				label={m["weigh.note"]()}
				hint={m["weigh.note.hint"]()}
				lines={3}
				value={note}
				onInput={setNote}
				maxLength={mostNote}
				error={tried && !note.trim() ? m["err.required"]() : fieldWords(sending.problem, "note")}
			/>
			<Trouble problem={sending.problem} />
			<Button type="submit" busy={sending.busy}>
				{m["weigh.return"]()}
			</Button>
		</Form>
	);
}
