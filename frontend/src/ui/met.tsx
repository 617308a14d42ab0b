import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Act } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button } from "./button.tsx";
import { Choices } from "./choice.tsx";
import { Notice } from "./notice.tsx";
import { Trouble } from "./trouble.tsx";

/** What two people wrote at one place. */
export interface Contest {
	key: string;
	legend: ComponentChildren;
	theirs: ComponentChildren;
	mine: ComponentChildren;
}

interface Props {
	contests: readonly Contest[];
	settling: Pick<Act<never>, "busy" | "problem">;
	/** The places at which she takes what the other wrote. */
	onFinish: (theirs: readonly string[]) => void;
	onTakeTheirs: () => void;
}

/** Met lays what another saved beside what she wrote, and lets her choose where the two differ. */
export function Met({ contests, settling, onFinish, onTakeTheirs }: Props) {
	const [taken, setTaken] = useState<Record<string, string>>({});
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const open = contests.some(({ key }) => !taken[key]);
	return (
		<section class="stack ruled">
			<h3 ref={heading} tabIndex={-1}>
				{m["correct.conflict"]()}
			</h3>
			<Notice tone="warn" title={m["correct.conflict.safe"]()}>
				{contests.length ? m["correct.conflict.choose"]() : m["correct.conflict.apart"]()}
			</Notice>
			{contests.map(({ key, legend, theirs, mine }) => (
				<Choices
					key={key}
					legend={legend}
					layout="stack"
					value={taken[key] ?? null}
					onChange={(value) => setTaken({ ...taken, [key]: value })}
					choices={[
						{ value: "theirs", label: said(m["correct.theirs"](), theirs) },
						{ value: "mine", label: said(m["correct.mine"](), mine) },
					]}
				/>
			))}
			<Trouble problem={settling.problem} />
			<div class="line">
				<Button
					kind="primary"
					disabled={open}
					busy={settling.busy}
					onPress={() => onFinish(contests.map(({ key }) => key).filter((key) => taken[key] === "theirs"))}
				>
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
			<b>{what}</b>
		</>
	);
}
