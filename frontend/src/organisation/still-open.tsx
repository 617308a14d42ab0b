import { has } from "../account/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { LinkButton } from "../ui/index.ts";
import { findSetUp } from "./set-up.ts";

/** StillOpen leads whoever administers the organisation to its set-up until that is over. */
export function StillOpen() {
	const administers = has("administrator");
	const setUp = useLoad(
		async () => (administers ? await findSetUp().catch(() => null) : null),
		[administers],
	);
	if (!setUp.data?.open) return null;
	return (
		<section class="card slab stack">
			<div>
				<h2>{m["setup.still"]()}</h2>
				<p>{m["setup.still.what"]()}</p>
			</div>
			<div class="line">
				<LinkButton kind="primary" href="/setup">
					{m["setup.people.title"]()}
				</LinkButton>
			</div>
		</section>
	);
}
