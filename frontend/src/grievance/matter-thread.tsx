import type { ComponentChildren } from "preact";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge, Icon } from "../ui/index.ts";
import { lock, pen, scale } from "../ui/pictures.ts";
import type { Matter, MatterEntry } from "./types.ts";

/** MatterThread is what was said, by whom and when, with the inner notes and where it went. */
export function MatterThread({ matter }: { matter: Matter }) {
	const others = matter.readers.filter(({ me }) => !me);
	const only = others.length === 1 ? others[0] : undefined;
	return (
		<>
			{others.length < 2 && (
				<p class="log">
					<Icon of={lock} /> {only ? m["handle.only"]({ name: only.name }) : m["handle.onlyYou"]()}
				</p>
			)}
			<Said who={m["handle.sender"]()} on={matter.sentOn}>
				{matter.text}
			</Said>
			{matter.entries.map((entry) => (
				<Entry key={entry.id} entry={entry} />
			))}
		</>
	);
}

function Entry({ entry }: { entry: MatterEntry }) {
	const { by, who, on, text, decision } = entry;
	if (by === "move") {
		return (
			<p class="log wraps">
				{who ? m["handle.moved"]({ name: who }) : m["handle.movedOn"]()} · <Day of={on} />
			</p>
		);
	}
	if (by === "sender") {
		return (
			<Said who={m["handle.sender"]()} on={on}>
				{text}
			</Said>
		);
	}
	return (
		<Said
			who={who ?? m["receipt.theirs"]()}
			on={on}
			mine={by === "reader"}
			badge={
				by === "note" ? (
					<Badge picture={pen}>{m["handle.kind.note"]()}</Badge>
				) : (
					decision && (
						<Badge tone="info" picture={scale}>
							{m["receipt.decision"]()}
						</Badge>
					)
				)
			}
		>
			{text || <span class="soft">{m["handle.forgotten"]()}</span>}
		</Said>
	);
}

interface SaidProps {
	who: string;
	on: string;
	/** From the readers' side. */
	mine?: boolean;
	badge?: ComponentChildren;
	children: ComponentChildren;
}

function Said({ who, on, mine = false, badge, children }: SaidProps) {
	return (
		<article class={mine ? "msg me stack tight" : "msg stack tight"}>
			<p class="line">
				<b>{who}</b>
				{badge}
				<span class={mine ? "end wraps" : "soft end wraps"}>
					<Day of={on} />
				</span>
			</p>
			<p>{children}</p>
		</article>
	);
}
