import { useState } from "preact/hooks";
import { has } from "../account/index.ts";
import { dayInNepal } from "../lib/calendar/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Heading, Notice, Ready, Select } from "../ui/index.ts";
import { useInner } from "../ui/inner.ts";
import { findReleases, lookAt } from "./api.ts";
import { lastQuarters, quarterWords } from "./quarter.ts";
import { ReleaseList } from "./release-list.tsx";
import { Standing } from "./standing.tsx";

// How far back a quarter may be drafted from here: two years.
const offered = 8;

/**
 * ReleasePage is where one person drafts a quarter's figures and another lets
 * them go. Whoever may not draft sees what others have drafted.
 */
export default function ReleasePage() {
	const releases = usePaged(findReleases);
	const inner = useInner<string>();
	return (
		<main id="main">
			<div>
				<Heading>{m["fig.rel.title"]()}</Heading>
				<p class="soft">{m["fig.rel.intro"]()}</p>
			</div>
			<ReleaseList releases={releases} inner={inner} />
			{has("coordinator") && inner.opened === null && <Drafting onChanged={releases.reload} />}
		</main>
	);
}

/** Drafting shows the safe figures of a quarter before they are fixed. */
function Drafting({ onChanged }: { onChanged: () => void }) {
	const quarters = lastQuarters(dayInNepal(Date.now()), offered);
	const [quarter, setQuarter] = useState(quarters[0] ?? "");
	const release = useLoad(() => lookAt(quarter), [quarter]);
	return (
		<section class="stack wide-gap">
			<div class="filters">
				<Select
					label={m["fig.rel.which"]()}
					value={quarter}
					onChange={setQuarter}
					options={quarters.map((value) => ({ value, label: quarterWords(value) }))}
				/>
			</div>
			<Ready
				of={release}
				rows={5}
				failed={(problem) =>
					problem.status === 404 ? <Notice tone="info">{m["fig.rel.notYours"]()}</Notice> : null
				}
			>
				{(data) =>
					data.quarter === quarter && (
						<Standing
							key={quarter}
							release={data}
							onChanged={(now) => {
								release.put(now);
								onChanged();
							}}
						/>
					)
				}
			</Ready>
		</section>
	);
}
