import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Choices, Dialog, Field, Form, Tick } from "../ui/index.ts";
import { ok } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { close } from "./api.ts";
import { mostText } from "./draft.ts";
import { isEveryday, mayClose } from "./order.ts";
import { orStale } from "./stale.ts";
import type { Matter, Wishes } from "./types.ts";
import { wishesWords } from "./words.ts";

interface Props {
	matter: Matter;
	onDone: (now: Matter, words: string) => void;
	onStale: () => void;
}

const all: readonly Wishes[] = ["met", "partly", "not_met", "not_given"];

/** CloseMatter ends it: what was done, whether it was as she wished, and that she was told. */
export function CloseMatter({ matter, onDone, onStale }: Props) {
	const [asking, setAsking] = useState(false);
	const [outcome, setOutcome] = useState("");
	const [wishes, setWishes] = useState<Wishes | null>(null);
	const [told, setTold] = useState(false);
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const closing = useAct(async () => {
		setTried(true);
		if (!outcome.trim() || !wishes || !told) return;
		const now = await orStale(close(matter.id, outcome.trim(), wishes, intention), onStale);
		setAsking(false);
		onDone(now, m["handle.closed"]());
	});
	if (!mayClose(matter)) {
		return (
			<p class="soft">
				{isEveryday(matter.category) ? m["handle.close.answer"]() : m["handle.close.first"]()}
			</p>
		);
	}
	return (
		<>
			<Button wide picture={ok} onPress={() => setAsking(true)}>
				{m["handle.close"]()}
			</Button>
			<Dialog open={asking} title={m["handle.close"]()} onClose={() => setAsking(false)}>
				<Form onSend={() => void closing.run()}>
					<p class="soft">{m["handle.closeNeeds"]()}</p>
					<Field
						label={m["outcome.result"]()}
						lines={3}
						maxLength={mostText}
						value={outcome}
						onInput={setOutcome}
						error={tried && !outcome.trim() ? m["err.required"]() : fieldWords(closing.problem, "outcome")}
					/>
					<Choices
						legend={m["handle.wishes"]()}
						layout="stack"
						value={wishes}
						onChange={(value) => setWishes(value as Wishes)}
						error={tried && !wishes ? m["err.required"]() : fieldWords(closing.problem, "wishes")}
						choices={all.map((value) => ({ value, label: wishesWords(value) }))}
					/>
					<Tick
						checked={told}
						onChange={setTold}
						error={tried && !told ? m["handle.told.missing"]() : fieldWords(closing.problem, "told")}
					>
						{m["handle.told"]()}
					</Tick>
					<Trouble problem={closing.problem} />
					<Button kind="primary" type="submit" wide busy={closing.busy}>
						{m["handle.close"]()}
					</Button>
					<Button wide onPress={() => setAsking(false)}>
						{m["do.later"]()}
					</Button>
				</Form>
			</Dialog>
		</>
	);
}
