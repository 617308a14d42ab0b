import type { Act } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Met as Meeting } from "../ui/met.tsx";
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

/** Met settles what two people wrote in one section of the settings. */
export function Met<V>({ base, mine, theirs, shape, settling, onTakeTheirs }: Props<V>) {
	const { contested, merged } = meetingOf(base, mine, theirs, shape.same);
	const show = (value: V | undefined) => (
		<span translate={false}>{value === undefined ? m["set.gone"]() : shape.show(value)}</span>
	);
	return (
		<Meeting
			contests={contested.map((key) => ({
				key,
				legend: shape.nameOf(key, mine[key] ?? theirs[key]),
				theirs: show(theirs[key]),
				mine: show(mine[key]),
			}))}
			settling={settling}
			onFinish={(others) => void settling.run(taking(merged, theirs, others))}
			onTakeTheirs={onTakeTheirs}
		/>
	);
}
