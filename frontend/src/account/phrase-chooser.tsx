import { useEffect, useState } from "preact/hooks";
import { api } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { language, m, number, numerals } from "../lib/words/index.ts";
import { Button, Field, Skeleton, Tick } from "../ui/index.ts";
import { eye, turn } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { lengthOf, type Phrase, type PhraseFault } from "./phrase.ts";

interface Props {
	phrase: Phrase;
	onChange: (phrase: Phrase) => void;
	least: number;
	/** What is missing, once she has tried to go on. */
	fault: PhraseFault | null;
	/** What the server had against it, in words. */
	refused?: string | null;
}

/** PhraseChooser shows five words to take, or room for words of her own. */
export function PhraseChooser({ phrase, onChange, least, fault, refused }: Props) {
	const asking = useAct(async () => {
		const { data } = await api.get("/api/passphrase-words", { query: { language: language.peek() } });
		onChange({ ...phrase, own: false, words: data.words, separator: data.separator, kept: false });
	});
	const none = !phrase.own && phrase.words.length === 0;
	useEffect(() => {
		if (none) void asking.run();
	}, [none]);

	return phrase.own ? (
		<Own phrase={phrase} onChange={onChange} least={least} fault={fault} refused={refused ?? null} />
	) : (
		<div class="stack">
			{none && !asking.problem && <Skeleton rows={2} />}
			{asking.problem && (
				<>
					<Trouble problem={asking.problem} />
					<Button onPress={asking.run}>{m["state.again"]()}</Button>
				</>
			)}
			{!none && <Offered phrase={phrase} onChange={onChange} fault={fault} />}
			<div class="line">
				<Button kind="quiet" picture={turn} busy={asking.busy} onPress={asking.run}>
					{m["signin.otherWords"]()}
				</Button>
				<Button kind="quiet" onPress={() => onChange({ ...phrase, own: true })}>
					{m["signin.ownWords"]()}
				</Button>
			</div>
		</div>
	);
}

function Offered({ phrase, onChange, fault }: Pick<Props, "phrase" | "onChange" | "fault">) {
	return (
		<>
			<p>{m["signin.newWords"]()}</p>
			<ol class="phrase" aria-live="polite">
				{phrase.words.map((word, i) => (
					<li key={word}>
						<span class="soft num" aria-hidden="true">
							{numerals(String(i + 1))}
						</span>
						{word}
					</li>
				))}
			</ol>
			<Tick
				checked={phrase.kept}
				onChange={(kept) => onChange({ ...phrase, kept })}
				error={fault === "not_kept" ? m["join.words.keptMissing"]() : null}
			>
				{m["join.words.kept"]()}
			</Tick>
		</>
	);
}

function Own({ phrase, onChange, least, fault, refused }: Required<Props>) {
	const [shown, setShown] = useState(false);
	const type = shown ? "text" : "password";
	const missing = least - lengthOf(phrase.text);
	return (
		<div class="stack">
			<Field
				label={m["join.words.own"]()}
				hint={m["join.words.own.hint"]({ count: number(least) })}
				type={type}
				value={phrase.text}
				onInput={(text) => onChange({ ...phrase, text })}
				error={
					fault === "too_short" && missing > 0
						? m["signin.ownWords.short"]({ count: number(missing) })
						: refused
				}
			/>
			<Field
				label={m["join.words.again"]()}
				type={type}
				value={phrase.again}
				onInput={(again) => onChange({ ...phrase, again })}
				error={fault === "differ" ? m["join.words.differ"]() : null}
			/>
			<div class="line">
				<Button kind="quiet" picture={eye} pressed={shown} onPress={() => setShown(!shown)}>
					{shown ? m["signin.hide"]() : m["signin.show"]()}
				</Button>
				<Button kind="quiet" onPress={() => onChange({ ...phrase, own: false })}>
					{m["join.words.offered"]()}
				</Button>
			</div>
		</div>
	);
}
