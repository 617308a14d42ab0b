import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer, Problem } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Dialog, Form, Notice } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { findSettings, keepSettings } from "./api.ts";
import { Met } from "./met.tsx";
import { changedParts, type Parts, type Same, without } from "./parts.ts";
import type { Closing } from "./section.tsx";
import type { Settings, SettingsChange } from "./types.ts";

/** A part of the settings that is changed and saved by itself. */
export interface Shape<V> {
	read: (settings: Settings) => Parts<V>;
	/** What is sent so that `parts` stand where `stored` do. */
	write: (parts: Parts<V>, stored: Parts<V>) => SettingsChange;
	same: Same<V>;
	/** What a part is called, and how it is shown where two people changed it. */
	nameOf: (key: string, value: V | undefined) => string;
	show: (value: V) => ComponentChildren;
}

/** The settings as they are known here, and how a newer version takes their place. */
export interface Held {
	now: Answer<Settings>;
	put: (now: Answer<Settings>) => void;
}

/** What the fields of an editor are given. */
export interface Writing<V> {
	draft: Parts<V>;
	change: (draft: Parts<V>) => void;
	/** She has tried to save, so what is missing is marked. */
	tried: boolean;
	problem: Problem | null;
}

interface EditorProps<V> extends Held {
	shape: Shape<V>;
	/** What it begins with, where that is not what is stored. */
	first?: (stored: Parts<V>) => Parts<V>;
	/** Whether something is missing or wrong that can be seen here. */
	isFaulty?: (draft: Parts<V>) => boolean;
	/** The part that can be taken away, and the words for it. */
	remove?: { key: string; name: string; words: string };
	onDone: Closing;
	children: (writing: Writing<V>) => ComponentChildren;
}

/**
 * Editor holds a section while it is changed; nothing goes out before she
 * presses "keep". If another saved meanwhile both versions are laid side by
 * side, and nothing that was written is lost, with the line broken neither.
 */
export function Editor<V>({ now, put, shape, first, isFaulty, remove, onDone, children }: EditorProps<V>) {
	const [base, setBase] = useState(() => shape.read(now.data));
	const [draft, setDraft] = useState(() => (first ? first(base) : base));
	const [tried, setTried] = useState(false);
	const [unchanged, setUnchanged] = useState(false);
	const [met, setMet] = useState<Parts<V> | null>(null);
	const [removing, setRemoving] = useState(false);
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		box.current?.querySelector<HTMLElement>("input, select, button")?.focus();
	}, []);

	async function save(mine: Parts<V>): Promise<void> {
		const stored = shape.read(now.data);
		if (!met && changedParts(base, stored, shape.same).length > 0) {
			setMet(mine);
			return;
		}
		try {
			put(await keepSettings(shape.write(mine, stored), now.version));
			onDone(m["set.saved"]());
		} catch (trouble) {
			if ((trouble as { status?: number }).status !== 412) throw trouble;
			if (met) setBase(stored);
			put(await findSettings());
			setMet(mine);
		}
	}
	const saving = useAct(async () => {
		const nothing = changedParts(base, draft, shape.same).length === 0;
		setTried(true);
		setUnchanged(nothing);
		if (!nothing && !isFaulty?.(draft)) await save(draft);
	});
	const taking = useAct(async () => {
		if (!remove) return;
		await save(without(base, remove.key));
		setRemoving(false);
	});
	const settling = useAct(async (merged: Parts<V>) => {
		if (changedParts(shape.read(now.data), merged, shape.same).length === 0) onDone(null);
		else await save(merged);
	});

	if (met) {
		return (
			<Met
				key={now.version}
				base={base}
				mine={met}
				theirs={shape.read(now.data)}
				shape={shape}
				settling={settling}
				onTakeTheirs={() => onDone(null)}
			/>
		);
	}
	const faulty = tried && (isFaulty?.(draft) ?? false);
	return (
		<div ref={box}>
			<Form class="stack" onSend={() => void saving.run()}>
				{children({
					draft,
					tried,
					problem: saving.problem,
					change: (next) => {
						setUnchanged(false);
						setDraft(next);
					},
				})}
				{faulty && (
					<Notice tone="bad" live>
						{m["err.invalid"]()}
					</Notice>
				)}
				<Trouble problem={saving.problem} />
				{unchanged && (
					<Notice tone="info" live>
						{m["set.nothing"]()}
					</Notice>
				)}
				<div class="line">
					<Button type="submit" kind="primary" busy={saving.busy}>
						{m["do.keep"]()}
					</Button>
					<Button kind="quiet" onPress={() => onDone(null)}>
						{m["do.leave"]()}
					</Button>
					{remove && (
						<Button kind="stop" onPress={() => setRemoving(true)}>
							{remove.words}
						</Button>
					)}
				</div>
				<Busy when={saving.busy} />
			</Form>
			{remove && (
				<Dialog
					open={removing}
					title={m["set.remove.ask"]({ name: remove.name })}
					onClose={() => setRemoving(false)}
				>
					<Trouble problem={taking.problem} />
					<Button wide kind="stop" busy={taking.busy} onPress={taking.run}>
						{remove.words}
					</Button>
					<Button wide onPress={() => setRemoving(false)}>
						{m["do.leave"]()}
					</Button>
				</Dialog>
			)}
		</div>
	);
}
