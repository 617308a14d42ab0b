import { useEffect, useId, useState } from "preact/hooks";
import type { Fate, GroupOfMine } from "../lib/api/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m, number } from "../lib/words/index.ts";
import { Badge, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { fates, findRows, type ImportRow, type RegisterImport } from "./api.ts";
import { Row } from "./row.tsx";
import type { Worked } from "./use-import.ts";
import { became, type Shape, willBe } from "./words.ts";

interface Props {
	worked: Worked;
	now: RegisterImport;
	groups: readonly GroupOfMine[];
	/** What she does with the rows first; null when something else comes before. */
	title: string | null;
}

/** Rows counts the fates, each of which opens its rows. */
export function Rows({ worked, now, groups, title }: Props) {
	const [fate, setFate] = useState<Fate>(() => firstOf(now));
	const name = useId();
	const shapes = now.state === "draft" ? willBe : became;
	return (
		<section class={title ? "card slab stack" : "card stack"}>
			{title && <h2 class="big">{title}</h2>}
			<fieldset>
				<legend class="sr">{m["register.fates"]()}</legend>
				<div class="fates">
					{fates.map((one) => (
						<label class="pick" key={one}>
							<input
								type="radio"
								name={name}
								value={one}
								checked={one === fate}
								onChange={() => setFate(one)}
							/>
							<span class="face">
								<FateBadge shape={shapes[one]} />
								<span class="big num">{String(number(now.counts[one]))}</span>
							</span>
						</label>
					))}
				</div>
			</fieldset>
			<RowsOf
				key={`${fate} ${now.state}`}
				fate={fate}
				worked={worked}
				now={now}
				groups={groups}
				shapes={shapes}
			/>
		</section>
	);
}

function FateBadge({ shape: { say, picture, tone } }: { shape: Shape }) {
	return (
		<Badge picture={picture} {...(tone && { tone })}>
			{say()}
		</Badge>
	);
}

interface RowsOfProps extends Omit<Props, "title"> {
	fate: Fate;
	shapes: Record<Fate, Shape>;
}

function RowsOf({ fate, worked, now, groups, shapes }: RowsOfProps) {
	const rows = usePaged<ImportRow>((cursor) => findRows(now.id, fate, cursor), [now.id, fate, worked.round]);
	const [said, setSaid] = useState("");
	useEffect(() => setSaid(""), [worked.round]);
	const { items, more } = rows;
	return (
		<>
			<p class="sr" role="status">
				{said}
			</p>
			<Ready of={rows} rows={4}>
				{() =>
					items.length === 0 ? (
						<p class="soft">{m["register.fates.none"]()}</p>
					) : (
						<ol class="rows">
							{items.map((row) => (
								<Row
									key={row.key}
									row={row}
									draft={now.state === "draft"}
									groups={groups}
									shape={row.fate === fate ? null : shapes[row.fate]}
									mend={worked.mend}
									onMended={(mended) => {
										rows.replace((one) => (one.key === mended.key ? mended : one));
										setSaid(
											m["register.said"]({
												line: String(number(mended.line)),
												what: shapes[mended.fate].say(),
											}),
										);
									}}
								/>
							))}
						</ol>
					)
				}
			</Ready>
			<More of={more} word={m["register.moreRows"]()} />
		</>
	);
}

const inNeed: readonly Fate[] = ["failed", "held", "created", "updated", "skipped"];
const asDone: readonly Fate[] = ["created", "updated", "failed", "held", "skipped"];

/** The rows to look at first: before the commit those that need her, after it those that came in. */
export function firstOf({ state, counts }: Pick<RegisterImport, "state" | "counts">): Fate {
	const order = state === "draft" ? inNeed : asDone;
	return order.find((fate) => counts[fate] > 0) ?? "created";
}
