import type { ConsentText } from "../lib/api/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Tick } from "../ui/index.ts";

interface Props {
	text: ConsentText;
	checked: boolean;
	onChange: (checked: boolean) => void;
	error?: string | null;
}

/** ConsentTick asks for one yes to one text, by itself and unticked. */
export function ConsentTick({ text, checked, onChange, error }: Props) {
	return (
		<div class="stack tight">
			<p class="soft">{text.optional ? m["join.consent.optional"]() : m["join.consent.needed"]()}</p>
			<Tick checked={checked} onChange={onChange} error={error} lang={text.language}>
				{text.text}
			</Tick>
			<p class="soft">{m["join.consent.months"]({ count: number(text.validMonths) })}</p>
		</div>
	);
}
