import { useState } from "preact/hooks";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge, Button, Heading, Notice } from "../ui/index.ts";
import { down, ok, scale, talk } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { openThread } from "./api.ts";
import { Forget } from "./forget.tsx";
import { Outside, standing } from "./outside.tsx";
import { Reply } from "./reply.tsx";
import { ThreadClocks } from "./thread-clocks.tsx";
import type { Thread, ThreadEntry } from "./types.ts";
import { categoryWords } from "./words.ts";

interface Props {
	receipt: string;
	first: Thread;
	onDone: () => void;
}

/**
 * ThreadView shows what readers wrote since her last words. What came earlier,
 * and what it is about, stays hidden until she asks: somebody may sit beside her.
 */
export function ThreadView({ receipt, first, onDone }: Props) {
	const [thread, setThread] = useState(first);
	const [said, setSaid] = useState<string | null>(null);
	const [forgotten, setForgotten] = useState(false);
	const earlier = useAct(async () => setThread(await openThread(receipt, true)));
	// Older answers may stand behind what is shown.
	const answered = thread.acknowledged && !forgotten;
	const fresh = thread.entries.at(-1)?.by === "reader";
	const whole = !thread.more;
	// After her own act the short view comes back; whoever had asked for all sees all.
	async function renew(now: Thread, words: string): Promise<void> {
		setThread(whole && now.more ? await openThread(receipt, true) : now);
		setSaid(words);
	}

	return (
		<main id="main">
			<Heading key="thread">{fresh ? m["outcome.new"]() : m["receipt.nothingNew"]()}</Heading>
			{said && (
				<Notice tone="ok" live>
					{said}
				</Notice>
			)}
			{thread.entries.length > 0 && (
				<section class="stack" aria-label={m["receipt.theirs"]()}>
					{whole && <p class="log">{categoryWords(thread.category)}</p>}
					{thread.entries.map((entry) => (
						<Said key={entry.id} entry={entry} />
					))}
				</section>
			)}
			{thread.more && (
				<section class="stack">
					<Trouble problem={earlier.problem} />
					<Button wide picture={down} busy={earlier.busy} onPress={earlier.run}>
						{m["receipt.earlier"]()}
					</Button>
					<p class="soft">{m["receipt.earlier.hint"]()}</p>
				</section>
			)}
			<ThreadClocks thread={thread} />
			{thread.state === "closed" ? (
				<Notice tone="info" picture={talk}>
					{m["receipt.closed"]()} <a href="/talk">{m["talk.title"]()}</a>
				</Notice>
			) : (
				<Reply receipt={receipt} onSent={(now) => renew(now, m["state.sent"]())} />
			)}
			{answered && (
				<Forget
					receipt={receipt}
					onForgotten={(now) => {
						setForgotten(true);
						return renew(now, m["receipt.forgotten"]());
					}}
				/>
			)}
			<Button wide picture={ok} onPress={onDone}>
				{m["receipt.done"]()}
			</Button>
			<p class="soft">{m["receipt.memory"]()}</p>
			<Outside ways={standing} />
		</main>
	);
}

function Said({ entry }: { entry: ThreadEntry }) {
	const hers = entry.by === "sender";
	return (
		<article class={hers ? "msg me stack tight" : "msg stack tight"}>
			<p class="line">
				<b>{hers ? m["receipt.mine"]() : m["receipt.theirs"]()}</b>
				{entry.decision && (
					<Badge tone="info" picture={scale}>
						{m["receipt.decision"]()}
					</Badge>
				)}
				<span class={hers ? "end wraps" : "soft end wraps"}>
					<Day of={entry.on} />
				</span>
			</p>
			<p>{entry.text}</p>
		</article>
	);
}
