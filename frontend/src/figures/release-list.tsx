import type { Paged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Badge, Button, Icon, Ready } from "../ui/index.ts";
import type { Inner } from "../ui/inner.ts";
import { More } from "../ui/more.tsx";
import { back, chart, ok, print, wait } from "../ui/pictures.ts";
import type { Release } from "./api.ts";
import { dateWords, quarterWords } from "./quarter.ts";
import { Standing } from "./standing.tsx";

interface Props {
	releases: Paged<Release>;
	/** The quarter that stands open. */
	inner: Inner<string>;
}

/** ReleaseList lists what was drafted and released; one of them may stand open below. */
export function ReleaseList({ releases, inner }: Props) {
	const { items, more } = releases;
	const opened = items.find(({ quarter }) => quarter === inner.opened);
	return (
		<>
			<section class="card stack aside">
				<h2>{m["fig.rel.list"]()}</h2>
				<Ready of={releases}>
					{() =>
						items.length === 0 ? (
							<p class="soft">{m["fig.rel.none"]()}</p>
						) : (
							<ul class="list">
								{items.map((release) => (
									<ReleaseRow
										key={release.quarter}
										release={release}
										opened={release === opened}
										onOpen={() => inner.open(release.quarter)}
									/>
								))}
							</ul>
						)
					}
				</Ready>
				<More of={more} />
			</section>
			{opened && (
				<section class="stack wide-gap">
					<div class="line">
						<Button kind="quiet" picture={back} onPress={inner.close}>
							{m["do.close"]()}
						</Button>
						<Button picture={print} onPress={() => window.print()}>
							{m["do.print"]()}
						</Button>
					</div>
					<Standing
						key={opened.quarter}
						release={opened}
						onChanged={(now) => releases.replace((one) => (one.quarter === now.quarter ? now : one))}
					/>
				</section>
			)}
		</>
	);
}

interface RowProps {
	release: Release;
	opened: boolean;
	onOpen: () => void;
}

function ReleaseRow({ release, opened, onOpen }: RowProps) {
	const done = release.state === "released";
	return (
		<li class="row">
			<Icon of={chart} />
			<div class="grow">
				<button type="button" class="whole" aria-current={opened ? "true" : undefined} onClick={onOpen}>
					<b>{quarterWords(release.quarter)}</b>
				</button>
				<p class="soft">
					{done && release.releasedOn
						? m["fig.rel.releasedOn"]({ date: dateWords(release.releasedOn) })
						: release.draftedOn && m["fig.rel.draftedOn"]({ date: dateWords(release.draftedOn) })}
				</p>
				<p>
					<Badge tone={done ? "ok" : "warn"} picture={done ? ok : wait}>
						{done ? m["fig.rel.released"]() : m["fig.rel.drafted"]()}
					</Badge>
				</p>
			</div>
		</li>
	);
}
