import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Button } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { findMessages, putAway, type Told } from "./api.ts";
import { toldWords } from "./words.ts";

/** News is what she was told inside and has not put away; nothing where there is none, or it can't be had. */
export function News() {
	const messages = useLoad(findMessages);
	const [away, setAway] = useState<readonly string[]>([]);
	const left = (messages.data?.data.inApp ?? []).filter(({ id }) => !away.includes(id));
	if (left.length === 0) return null;
	return (
		<section class="stack">
			<h2>{m["notice.news"]()}</h2>
			<ul class="card list">
				{left.map((told) => (
					<One key={told.id} told={told} onAway={() => setAway([...away, told.id])} />
				))}
			</ul>
		</section>
	);
}

function One({ told, onAway }: { told: Told; onAway: () => void }) {
	const intention = useRef(new Intention()).current;
	const putting = useAct(async () => {
		await putAway(told.id, intention);
		onAway();
	});
	return (
		<li class="row">
			<div class="grow">
				<p>{toldWords(told)}</p>
				<p class="soft">
					<Day of={told.day} />
				</p>
				<Trouble problem={putting.problem} />
			</div>
			<Button kind="quiet" busy={putting.busy} onPress={() => void putting.run()}>
				{m["notice.away"]()}
				<span class="sr">: {toldWords(told)}</span>
			</Button>
		</li>
	);
}
