import { useState } from "preact/hooks";
import type { Act } from "../lib/page/index.ts";
import { language, m } from "../lib/words/index.ts";
import { Field, Tick } from "../ui/index.ts";
import { fieldWords } from "../ui/trouble.tsx";
import type { Telling } from "./api.ts";

const mostTitle = 100;
const mostText = 6000;

/** The words as they are being written. */
export interface Draft {
	telling: Telling;
	empty: boolean;
	set: (change: Partial<Telling>) => void;
}

/** useDraft begins with what was told before, or with nothing. */
export function useDraft(was?: Telling): Draft {
	const [telling, put] = useState<Telling>(
		was ?? { language: language.value, title: "", text: "", named: false },
	);
	return {
		telling,
		empty: !telling.title.trim() || !telling.text.trim(),
		set: (change) => put((now) => ({ ...now, ...change })),
	};
}

interface Props {
	draft: Draft;
	/** She pressed, so what is missing is said. */
	tried: boolean;
	act: Act<[]>;
}

/** TellFields are the words themselves, and whether her chosen name stands under them. */
export function TellFields({ draft: { telling, set }, tried, act }: Props) {
	return (
		<>
			<p class="soft">{m["tell.care"]()}</p>
			<Field
				label={m["tell.heading"]()}
				value={telling.title}
				onInput={(title) => set({ title })}
				maxLength={mostTitle}
				error={tried && !telling.title.trim() ? m["err.required"]() : fieldWords(act.problem, "title")}
			/>
			<Field
				label={m["tell.text"]()}
				lines={8}
				value={telling.text}
				onInput={(text) => set({ text })}
				maxLength={mostText}
				error={tried && !telling.text.trim() ? m["err.required"]() : fieldWords(act.problem, "text")}
			/>
			<div class="stack tight">
				<Tick checked={telling.named ?? false} onChange={(named) => set({ named })}>
					{m["tell.named"]()}
				</Tick>
				<p class="soft">{m["tell.named.hint"]()}</p>
			</div>
		</>
	);
}
