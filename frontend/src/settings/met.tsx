import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Act } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Choices, Notice } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import type { Shape } from "./editor.tsx";
import { meetingOf, type Parts, taking } from "./parts.ts";

interface Props<V> {
	base: Parts<V>;
	mine: Parts<V>;
	theirs: Parts<V>;
	shape: Shape<V>;
	settling: Act<[Parts<V>]>;
	onTakeTheirs: () => void;
}

/** Met lays what another saved beside what she wrote, and lets her choose where the two differ. */
export function Met<V>({ base, mine, theirs, shape, settling, onTakeTheirs }: Props<V>) {
	const { contested, merged } = meetingOf(base, mine, theirs, shape.same);
	const [taken, setTaken] = useState<Record<string, "mine" | "theirs">>({});
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const open = contested.some((key) => !taken[key]);

	function finish(): void {
		const others = contested.filter((key) => taken[key] === "theirs");
		void settling.run(taking(merged, theirs, others));
	}
	const show = (value: V | undefined) => (value === undefined ? m["set.gone"]() : shape.show(value));
	return (
		<section class="stack ruled">
			<h3 ref={heading} tabIndex={-1}>
				{m["correct.conflict"]()}
			</h3>
			<Notice tone="warn" title={m["correct.conflict.safe"]()}>
				{contested.length ? m["correct.conflict.choose"]() : m["correct.conflict.apart"]()}
			</Notice>
			{contested.map((key) => (
				<Choices
					key={key}
					legend={shape.nameOf(key, mine[key] ?? theirs[key])}
					layout="stack"
					value={taken[key] ?? null}
					onChange={(value) => setTaken({ ...taken, [key]: value as "mine" | "theirs" })}
					choices={[
						{ value: "theirs", label: said(m["correct.theirs"](), show(theirs[key])) },
						{ value: "mine", label: said(m["correct.mine"](), show(mine[key])) },
					]}
				/>
			))}
			<Trouble problem={settling.problem} />
			<div class="line">
				<Button kind="primary" disabled={open} busy={settling.busy} onPress={finish}>
					{m["correct.finish"]()}
				</Button>
				<Button kind="quiet" onPress={onTakeTheirs}>
					{m["correct.takeTheirs"]()}
				</Button>
			</div>
		</section>
	);
}

function said(who: string, what: ComponentChildren) {
	return (
		<>
			<span class="soft">{who}: </span>
			<b translate={false}>{what}</b>
		</>
	);
}
