import { dayInNepal } from "../lib/calendar/index.ts";
import type { Paged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge, Empty, Icon } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { clock, fresh, ok, pause } from "../ui/pictures.ts";
import { standing } from "./clock.ts";
import { Bar, Left } from "./clock-bar.tsx";
import { sorted } from "./order.ts";
import type { MatterItem } from "./types.ts";
import { categoryPicture, categoryWords, matterStateWords, stepWords } from "./words.ts";

interface Props {
	matters: Paged<MatterItem>;
	onOpen: (id: string) => void;
}

/** MatterList shows what lies in her hands: late ones first, then by the day on which something is due. */
export function MatterList({ matters, onOpen }: Props) {
	if (matters.items.length === 0) return <Empty title={m["handle.empty"]()} />;
	const { late, open, closed } = sorted(matters.items);
	const parts = [
		{ title: m["handle.late"](), items: late },
		{ title: m["handle.open"](), items: open },
		{ title: m["handle.finished"](), items: closed },
	];
	const { more } = matters;
	return (
		<>
			{parts
				.filter(({ items }) => items.length > 0)
				.map(({ title, items }) => (
					<section class="card stack" key={title}>
						<h2>{title}</h2>
						<ul class="list jobs">
							{items.map((item) => (
								<Row key={item.id} item={item} onOpen={onOpen} />
							))}
						</ul>
					</section>
				))}
			<More of={more} />
		</>
	);
}

function Row({ item, onOpen }: { item: MatterItem; onOpen: (id: string) => void }) {
	const { next } = item;
	const limit = next.by ? standing(item.sentOn, next.by, dayInNepal(Date.now())) : null;
	return (
		<li class="row">
			<Icon of={categoryPicture(item.category)} framed />
			<div class="grow stack tight">
				<button type="button" class="whole" data-matter={item.id} onClick={() => onOpen(item.id)}>
					<b>{categoryWords(item.category)}</b>
				</button>
				<p class="soft wraps">
					{m["handle.sentOn"]()} <Day of={item.sentOn} />
					{item.anonymous && ` · ${m["handle.anonymous"]()}`}
				</p>
				<p class="line">
					<StateBadge item={item} />
					{item.unread && (
						<Badge tone="ok" picture={fresh}>
							{m["handle.unread"]()}
						</Badge>
					)}
					{item.held && (
						<Badge tone="warn" picture={pause}>
							{m["handle.held"]()}
						</Badge>
					)}
				</p>
			</div>
			{limit && next.step && (
				<div class="clock limit">
					<p>{stepWords(next.step)}</p>
					<p>
						<Left standing={limit} />
					</p>
					<Bar standing={limit} label={stepWords(next.step)} />
				</div>
			)}
		</li>
	);
}

/** StateBadge is where a grievance stands, in a word. */
export function StateBadge({ item }: { item: MatterItem }) {
	const closed = item.state === "closed";
	return (
		<Badge tone={closed ? "ok" : "info"} picture={closed ? ok : clock}>
			{matterStateWords(item.state)}
		</Badge>
	);
}
