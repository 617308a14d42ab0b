import type { ConsentText } from "../lib/api/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Tick } from "../ui/index.ts";
import { Listen } from "./listen.tsx";
import { heardAt } from "./texts.ts";
import { purposeWords } from "./words.ts";

interface Props {
	text: ConsentText;
	checked: boolean;
	onChange: (checked: boolean) => void;
	error?: string | null;
}

/** ConsentTick asks for one yes to one text, by itself and unticked. */
export function ConsentTick({ text, checked, onChange, error }: Props) {
	const heard = heardAt(text);
	return (
		<div class="stack tight">
			<p class="soft">{neededWords(text)}</p>
			<Tick checked={checked} onChange={onChange} error={error} lang={text.language}>
				{text.text}
			</Tick>
			<p class="soft">{m["join.consent.months"]({ count: number(text.validMonths) })}</p>
			{heard && <Listen key={heard} from={heard} name={purposeWords(text.purpose)} />}
		</div>
	);
}

/** neededWords says what a no to it would keep her from. */
function neededWords({ optional, purpose }: ConsentText): string {
	if (optional) return m["join.consent.optional"]();
	return purpose === "membership" ? m["join.consent.needed"]() : m["consent.needed_here"]();
}
