import type { ComponentChildren } from "preact";
import { localised, m } from "../lib/words/index.ts";
import { Days } from "./days.tsx";
import { timesWords } from "./times.ts";
import type { IntakeCard } from "./types.ts";

type Shown = Pick<IntakeCard, "begins" | "ends" | "times"> & { group?: IntakeCard["group"] };

/** Facts says of an intake when it is, at which hours, and for whom; a page may add its own. */
export function Facts({ of, children }: { of: Shown; children?: ComponentChildren }) {
	return (
		<dl class="list held">
			<Fact name={m["learn.when"]()}>
				<Days from={of.begins} to={of.ends} />
			</Fact>
			<Fact name={m["learn.times"]()}>
				{timesWords(of.times).map((text) => (
					<div key={text}>{text}</div>
				))}
			</Fact>
			{of.group !== undefined && (
				<Fact name={m["learn.where"]()}>{of.group ? localised(of.group.name) : m["learn.everyone"]()}</Fact>
			)}
			{children}
		</dl>
	);
}

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
