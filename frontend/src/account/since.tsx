import { m, number } from "../lib/words/index.ts";
import { Notice } from "../ui/index.ts";
import { session } from "./session.ts";

/** Since tells her, inside alone, that others came in with her words after she did; else nothing. */
export function Since() {
	const count = session.value?.newSince ?? 0;
	if (count === 0) return null;
	return <Notice tone="warn">{m["signins.since"]({ count: number(count) })}</Notice>;
}

/** SinceAside is Since in passing, for the page that her work begins with: it leads to where she ends them. */
export function SinceAside() {
	const count = session.value?.newSince ?? 0;
	if (count === 0) return null;
	return (
		<p class="soft">
			{m["signins.since"]({ count: number(count) })} <a href="/mine">{m["signins.see"]()}</a>
		</p>
	);
}
