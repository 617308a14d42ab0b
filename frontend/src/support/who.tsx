import { useEffect, useRef, useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { type Choice, Choices, Icon } from "../ui/index.ts";
import { meet } from "../ui/pictures.ts";
import { languageNames } from "./languages.ts";
import type { Supporter } from "./types.ts";

interface Props {
	supporters: readonly Supporter[];
	who: string | null;
	onChange: (who: string | null) => void;
}

const anyone = "";

/** Who is folded into one row, for most take whoever is free first; the others are laid out when it opens. */
export function Who({ supporters, who, onChange }: Props) {
	const fold = useRef<HTMLDetailsElement>(null);
	const [opened, setOpened] = useState(false);
	// With the keyboard she may pass several before she settles on one.
	const byFinger = useRef(false);
	const chosen = supporters.find((one) => one.id === who);

	useEffect(() => {
		const note = (event: Event) => {
			byFinger.current = event.type === "pointerdown";
		};
		const box = fold.current;
		box?.addEventListener("pointerdown", note);
		box?.addEventListener("keydown", note);
		return () => {
			box?.removeEventListener("pointerdown", note);
			box?.removeEventListener("keydown", note);
		};
	}, []);

	function choose(value: string): void {
		onChange(value === anyone ? null : value);
		if (!byFinger.current || !fold.current) return;
		fold.current.open = false;
		fold.current.querySelector("summary")?.focus();
	}
	const choices: Choice[] = [
		{ value: anyone, label: <b>{m["meet.anyoneShort"]()}</b>, hint: m["meet.anyoneWhy"]() },
		...supporters.map((one) => ({
			value: one.id,
			label: <b translate={false}>{one.name}</b>,
			hint: [languageNames(one.languages), one.near && m["meet.near"]()].filter(Boolean).join(" · "),
		})),
	];
	return (
		<details class="card" ref={fold} onToggle={() => setOpened(true)}>
			<summary class="line">
				{chosen ? (
					<span class="ava" aria-hidden="true">
						{firstLetter(chosen.name)}
					</span>
				) : (
					<Icon of={meet} framed />
				)}
				<span class="grow">
					<b translate={chosen ? false : undefined}>{chosen ? chosen.name : m["meet.anyoneShort"]()}</b>
					<br />
					<span class="soft">{chosen ? languageNames(chosen.languages) : m["meet.anyoneWhy"]()}</span>
				</span>
				<span class="btn">{m["meet.change"]()}</span>
			</summary>
			{opened && (
				<div class="fold">
					<Choices
						legend={m["meet.who"]()}
						layout="stack"
						choices={choices}
						value={who ?? anyone}
						onChange={choose}
					/>
				</div>
			)}
		</details>
	);
}

// A Devanagari letter takes its vowel sign along.
function firstLetter(name: string): string {
	return /^\P{M}\p{M}*/u.exec(name)?.[0] ?? "";
}
