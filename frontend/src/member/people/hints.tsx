import { m } from "../../lib/words/index.ts";
import { Icon } from "../../ui/index.ts";
import { warn } from "../../ui/pictures.ts";

const words: Record<string, () => string> = {
	same_name: m["people.hint.same_name"],
	same_phone: m["people.hint.same_phone"],
	unreadable: m["people.hint.unreadable"],
};

/** What gives reason to look twice, in a few words. */
export function hintWords(hint: string): string {
	return words[hint]?.() ?? hint;
}

/** HintNotes lists hints one under the other; nothing when there are none. */
export function HintNotes({ hints }: { hints: readonly string[] }) {
	if (!hints.length) return null;
	return (
		<ul class="hints">
			{hints.map((hint) => (
				<li key={hint}>
					<Icon of={warn} /> {hintWords(hint)}
				</li>
			))}
		</ul>
	);
}
