import { m, number } from "../lib/words/index.ts";
import type { Share } from "./api.ts";
import { rowWords } from "./words.ts";

// Below this much in time the bar warns.
const enough = 80;

const kinds = [
	{ key: "acknowledged_in_time", say: m["fig.acknowledged"] },
	{ key: "decided_in_time", say: m["fig.decided"] },
] as const;

/**
 * InTime shows how much of what was sent was answered in time, by broad class
 * and no finer. Figures that are not drafted yet have none.
 */
export function InTime({ shares }: { shares: readonly Share[] }) {
	if (shares.length === 0) return null;
	return (
		<div class="stack">
			<h3>{m["fig.inTime"]()}</h3>
			{kinds.map(({ key, say }) => (
				<div class="stack tight" key={key}>
					<p class="lab">{say()}</p>
					{shares
						.filter((share) => share.key === key && (share.of === "all" || share.percent !== null))
						.map((share) => (
							<OneShare key={share.of} share={share} />
						))}
				</div>
			))}
			<p class="soft">{m["fig.nobodyNamed"]()}</p>
		</div>
	);
}

function OneShare({ share: { of, percent } }: { share: Share }) {
	const name = rowWords({ key: of, name: null }, "category_class");
	return (
		<div class="clock">
			<p class="line">
				<span>{name}</span>
				<b class="end">
					{percent === null ? m["fig.tooFew"]() : m["fig.percent"]({ count: number(percent) })}
				</b>
			</p>
			{percent !== null && (
				<progress class={percent < enough ? "warn" : ""} value={percent} max={100} aria-hidden="true" />
			)}
		</div>
	);
}
