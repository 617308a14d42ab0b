import { useState } from "preact/hooks";
import { purposeWords } from "../consent/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Notice, Ready } from "../ui/index.ts";
import { ok, pen } from "../ui/pictures.ts";
import { TextSides } from "./text-sides.tsx";
import { findSides } from "./texts.ts";

/**
 * TextsSection is what women are asked, in which words. One person writes new
 * words, and another, who has both before her, releases them.
 */
export function TextsSection() {
	const sides = useLoad(findSides);
	const [told, setTold] = useState<string | null>(null);
	function changed(words: string): void {
		setTold(words);
		sides.reload();
	}
	return (
		<section class="stack">
			<div>
				<h2>{m["texts.title"]()}</h2>
				<p class="soft">
					{m["texts.intro"]()} {m["texts.kept"]()}
				</p>
			</div>
			<div role="status">{told && <Notice tone="ok">{told}</Notice>}</div>
			<Ready of={sides} rows={4}>
				{(all) => (
					<div class="stack">
						{all.map((side) => (
							<Fold
								key={side.purpose}
								picture={side.draft ? pen : ok}
								title={
									<>
										{purposeWords(side.purpose)}
										{side.draft && <span class="soft"> · {m["texts.waits"]()}</span>}
									</>
								}
							>
								{() => <TextSides side={side} reload={sides.reload} onChanged={changed} />}
							</Fold>
						))}
					</div>
				)}
			</Ready>
		</section>
	);
}
