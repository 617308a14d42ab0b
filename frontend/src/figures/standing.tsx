import { useEffect, useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog, Notice } from "../ui/index.ts";
import { ok, wait } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { draft, release as letGo, type Release } from "./api.ts";
import { FiguresView } from "./figures-view.tsx";
import { dateWords, daysWords, quarterWords } from "./quarter.ts";

interface Props {
	release: Release;
	onChanged: (now: Release) => void;
}

/** Standing shows a quarter's figures, where they stand, and the one step that is next. */
export function Standing({ release, onChanged }: Props) {
	const [told, setTold] = useState<string | null>(null);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		if (told) heading.current?.focus();
	}, [told]);
	function changed(now: Release, words: string): void {
		setTold(words);
		onChanged(now);
	}
	return (
		<div class="stack wide-gap">
			<header>
				<h2 ref={heading} tabIndex={-1}>
					{quarterWords(release.quarter)}
				</h2>
				<p class="soft">
					{daysWords(release)} <small>{daysWords(release, true)}</small>
				</p>
			</header>
			{told && (
				<Notice tone="ok" live>
					{told}
				</Notice>
			)}
			{release.state === "undrafted" && <DraftStep release={release} onChanged={changed} />}
			{release.state === "drafted" && <ReleaseStep release={release} onChanged={changed} />}
			{release.state === "released" && release.releasedOn && (
				<Notice tone="ok">{m["fig.released"]({ date: dateWords(release.releasedOn) })}</Notice>
			)}
			<FiguresView figures={release} />
		</div>
	);
}

interface StepProps {
	release: Release;
	onChanged: (now: Release, words: string) => void;
}

function DraftStep({ release, onChanged }: StepProps) {
	const intention = useRef(new Intention()).current;
	const drafting = useAct(async () => {
		onChanged(await draft(release.quarter, intention), m["fig.rel.kept"]());
	});
	return (
		<div class="stack">
			<p>{m["fig.rel.draft.what"]()}</p>
			<Trouble problem={drafting.problem} />
			<div class="line">
				<Button kind="primary" busy={drafting.busy} onPress={drafting.run}>
					{m["fig.rel.draft"]()}
				</Button>
			</div>
		</div>
	);
}

function ReleaseStep({ release, onChanged }: StepProps) {
	const [asking, setAsking] = useState(false);
	const intention = useRef(new Intention()).current;
	const releasing = useAct(async () => {
		if (!release.id) return;
		const now = await letGo(release.id, intention);
		setAsking(false);
		onChanged(now, m["fig.rel.done"]());
	});
	if (release.mine) {
		return (
			<Notice tone="info" picture={wait}>
				{m["fig.rel.mine"]()}
			</Notice>
		);
	}
	function close(): void {
		releasing.clear();
		setAsking(false);
	}
	return (
		<div class="line">
			<Button kind="primary" picture={ok} onPress={() => setAsking(true)}>
				{m["fig.release"]()}
			</Button>
			<Dialog
				open={asking}
				title={m["fig.rel.ask"]({ quarter: quarterWords(release.quarter) })}
				onClose={close}
			>
				<p>{m["fig.rel.ask.what"]()}</p>
				<Trouble problem={releasing.problem} />
				<Button kind="primary" wide busy={releasing.busy} onPress={releasing.run}>
					{m["fig.release"]()}
				</Button>
				<Button kind="quiet" wide onPress={close}>
					{m["do.later"]()}
				</Button>
			</Dialog>
		</div>
	);
}
