import { api } from "../../lib/api/index.ts";
import { usePaged } from "../../lib/page/paged.ts";
import { m } from "../../lib/words/index.ts";
import { Icon, Ready } from "../../ui/index.ts";
import { More } from "../../ui/more.tsx";
import { eye } from "../../ui/pictures.ts";
import { openingWords } from "./opening-words.ts";

/** Openings tells who opened what is hers, and when: by their task, never by name. */
export function Openings() {
	const openings = usePaged(
		async (cursor) => (await api.get("/api/me/openings", { query: cursor ? { cursor } : {} })).data,
	);
	return (
		<>
			<p class="soft">{m["own.looked.what"]()}</p>
			<Ready of={openings}>
				{() =>
					openings.items.length === 0 ? (
						<p>{m["own.looked.none"]()}</p>
					) : (
						<>
							<ol class="list">
								{openings.items.map((opening, i) => (
									<li key={i}>
										<Icon of={eye} framed />
										<span class="grow">{openingWords(opening)}</span>
									</li>
								))}
							</ol>
							<More of={openings.more} />
						</>
					)
				}
			</Ready>
		</>
	);
}
