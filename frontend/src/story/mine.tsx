import { useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Notice, Ready } from "../ui/index.ts";
import { plus } from "../ui/pictures.ts";
import { findOwn } from "./api.ts";
import { OfferForm } from "./offer-form.tsx";
import { OwnStory } from "./own-story.tsx";

/** Mine is what she has told, and where she tells more. */
export function Mine({ onGone }: { onGone: () => void }) {
	const own = useLoad(findOwn);
	// Said in whichever language is on screen.
	const [told, setTold] = useState<{ words: () => string } | null>(null);
	const [form, setForm] = useState(0);
	function say(words: () => string): void {
		setTold({ words });
		own.reload();
		onGone();
	}
	return (
		<section class="stack">
			{told && (
				<Notice tone="ok" live>
					{told.words()}
				</Notice>
			)}
			<Ready of={own} rows={1}>
				{({ items, mayTell }) => (
					<>
						{mayTell ? (
							<Fold key={form} title={m["tell.add"]()} picture={plus}>
								{() => (
									<OfferForm
										onGiven={() => {
											setForm(form + 1); // closes it
											say(m["tell.sent"]);
										}}
									/>
								)}
							</Fold>
						) : (
							<Notice tone="info">{m["tell.notYet"]()}</Notice>
						)}
						{items.length > 0 && <h2>{m["tell.mine"]()}</h2>}
						{items.map((one) => (
							<OwnStory key={one.id} one={one} onDone={say} />
						))}
					</>
				)}
			</Ready>
		</section>
	);
}
