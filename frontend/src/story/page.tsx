import { has } from "../account/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Empty, Heading, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { findShown, type Shown } from "./api.ts";
import { Mine } from "./mine.tsx";
import { Telling } from "./telling.tsx";
import { Weigh } from "./weigh.tsx";

/** ReadPage holds what women gave for others to read; who wrote or weighs something finds that here too. */
export default function ReadPage() {
	const shown = usePaged<Shown>(findShown);
	return (
		<main id="main">
			<div>
				<Heading>{m["read.title"]()}</Heading>
				<p class="soft">{m["read.intro"]()}</p>
			</div>
			{has("focalPoint", "deputy", "board") && <Weigh onShown={shown.reload} />}
			<Ready of={shown}>
				{() =>
					shown.items.length === 0 ? (
						<Empty>{m["read.none"]()}</Empty>
					) : (
						shown.items.map((one) => (
							<article class="card stack" key={one.id}>
								<Telling of={one} />
							</article>
						))
					)
				}
			</Ready>
			<More of={shown.more} />
			{has("member") && <Mine onGone={shown.reload} />}
		</main>
	);
}
