import { useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Notice, Ready } from "../ui/index.ts";
import { lock, pause, turn } from "../ui/pictures.ts";
import { findMatter } from "./api.ts";
import { CloseMatter } from "./close-matter.tsx";
import { MatterClocks } from "./matter-clocks.tsx";
import { StateBadge } from "./matter-list.tsx";
import { MatterThread } from "./matter-thread.tsx";
import { declareFirst, NameSomebody } from "./name-somebody.tsx";
import { PassOn } from "./pass-on.tsx";
import type { Matter, MatterItem } from "./types.ts";
import { Who } from "./who.tsx";
import { categoryWords, wishesWords } from "./words.ts";
import { WriteTo } from "./write-to.tsx";

interface Props {
	id: string;
	onChanged: (now: MatterItem) => void;
	onPassed: () => void;
}

/** MatterView is one grievance with its thread, and what its handler can do. */
export function MatterView({ id, onChanged, onPassed }: Props) {
	const matter = useLoad(() => findMatter(id), [id]);
	const [said, setSaid] = useState<string | null>(null);
	const [renewed, setRenewed] = useState(false);

	function done(now: Matter, words: string): void {
		matter.put(now);
		onChanged(now);
		setRenewed(false);
		setSaid(words);
	}
	// Somebody else was faster: what she wrote stays in its box, the rest is shown anew.
	function stale(): void {
		setSaid(null);
		setRenewed(true);
		matter.reload();
	}

	return (
		<Ready of={matter} rows={4} failed={declareFirst}>
			{(now) => (
				<>
					<About matter={now} />
					{renewed && (
						<Notice tone="warn" picture={turn} live>
							{m["handle.renewed"]()}
						</Notice>
					)}
					<div class="cols main-side">
						<section class="stack wide-gap" aria-label={m["handle.title"]()}>
							<MatterThread matter={now} />
							{said && (
								<Notice tone="ok" live>
									{said}
								</Notice>
							)}
							{now.state === "closed" ? (
								<Closed matter={now} />
							) : (
								<WriteTo matter={now} onDone={done} onStale={stale} />
							)}
						</section>
						<aside class="stack wide-gap">
							<MatterClocks matter={now} />
							<Who readers={now.readers} />
							{now.state !== "closed" && (
								<section class="card stack">
									<h2>{m["handle.next"]()}</h2>
									<CloseMatter matter={now} onDone={done} onStale={stale} />
									<PassOn id={now.id} onPassed={onPassed} />
									<NameSomebody id={now.id} onNamed={matter.reload} />
									<p class="soft">{m["handle.police"]()}</p>
								</section>
							)}
						</aside>
					</div>
				</>
			)}
		</Ready>
	);
}

function About({ matter }: { matter: Matter }) {
	return (
		<div class="stack">
			<h2>{categoryWords(matter.category)}</h2>
			<p class="line">
				<StateBadge item={matter} />
				<span class="soft">
					{matter.name ? m["handle.named"]({ name: matter.name }) : m["handle.anonymous"]()}
				</span>
				<span class="soft wraps">
					<Day of={matter.sentOn} />
				</span>
			</p>
			{matter.held && (
				<Notice tone="warn" picture={pause} title={m["handle.held"]()}>
					{m["handle.held.why"]()}
				</Notice>
			)}
			{matter.linked && (
				<Notice tone="info" picture={lock}>
					{m["handle.linked"]()}
				</Notice>
			)}
		</div>
	);
}

function Closed({ matter }: { matter: Matter }) {
	return (
		<Notice tone="ok" title={m["handle.closed"]()}>
			{matter.outcome && (
				<p>
					{m["outcome.result"]()}: {matter.outcome}
				</p>
			)}
			{matter.wishes && (
				<p>
					{m["handle.wishes"]()} {wishesWords(matter.wishes)}
				</p>
			)}
		</Notice>
	);
}
