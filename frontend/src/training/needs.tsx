import { m } from "../lib/words/index.ts";
import { Icon } from "../ui/index.ts";
import type { Need } from "./types.ts";
import { needPicture, needWords } from "./words.ts";

/** NeedList says with picture and word what somebody needs in order to come. */
export function NeedList({ needs }: { needs: readonly Need[] }) {
	if (needs.length === 0) return <p class="soft">{m["learn.needs.none"]()}</p>;
	return (
		<ul class="line">
			{needs.map((need) => (
				<li key={need}>
					<Icon of={needPicture(need)} /> {needWords(need)}
				</li>
			))}
		</ul>
	);
}
