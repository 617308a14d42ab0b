import { m, number } from "../lib/words/index.ts";
import { Icon } from "../ui/index.ts";
import { chart, down, info } from "../ui/pictures.ts";
import type { Cell, Figures, Table } from "./api.ts";
import { CellWords, FigureTable } from "./figure-table.tsx";
import { InTime } from "./in-time.tsx";
import { countedWords } from "./words.ts";

/** FiguresView draws one quarter of one organisation: in a sentence, in tables, and how it was counted. */
export function FiguresView({ figures }: { figures: Figures }) {
	const kinds = [...new Set(figures.tables.map(({ key }) => key))];
	return (
		<>
			<Summary figures={figures} />
			{kinds.map((key) => (
				<Counted key={key} of={key} figures={figures} />
			))}
			<HowCounted figures={figures} />
		</>
	);
}

/** Summary says the three numbers that matter most. */
function Summary({ figures }: { figures: Figures }) {
	const total = (key: Table["key"]) => figures.tables.find((table) => table.key === key)?.total;
	const say = (cell: Cell | undefined, sentence: (words: { count: string }) => string) =>
		cell && sentence({ count: amount(cell, figures.hiddenBelow) });
	const said = [
		say(total("support"), m["fig.say.support"]),
		say(total("training"), m["fig.say.training"]),
		say(total("members"), m["fig.say.members"]),
	].filter(Boolean);
	return (
		<section class="card slab">
			<p class="lead">{said.join(" ")}</p>
		</section>
	);
}

function amount(cell: Cell, below: number): string {
	if (cell.hidden || cell.value === null) return m["fig.few"]({ below: number(below) });
	return String(number(cell.value));
}

/** Counted is one card: what is counted, in all, and each way it is broken down. */
function Counted({ of, figures }: { of: Table["key"]; figures: Figures }) {
	const tables = figures.tables.filter(({ key }) => key === of);
	const broken = tables.filter(({ rows }) => rows.length > 0);
	const total = tables[0]?.total;
	return (
		<section class="card stack">
			<div class="line">
				<h2 class="grow">{countedWords(of)}</h2>
				{total && (
					<p class={total.hidden ? "big hid" : "big num"}>
						<CellWords cell={total} />
					</p>
				)}
			</div>
			{broken.length > 0 && total?.value !== 0 && (!total?.hidden || of === "grievances") && (
				<div class={broken.length > 1 || of === "grievances" ? "cols" : "stack"}>
					{!total?.hidden && broken.map((table) => <FigureTable key={table.breakdown} table={table} />)}
					{of === "grievances" && <InTime shares={figures.percentages} />}
				</div>
			)}
		</section>
	);
}

function HowCounted({ figures }: { figures: Figures }) {
	return (
		<section class="stack">
			<p class="soft">
				<Icon of={info} /> {m["fig.hiddenWhy"]({ from: number(1), to: number(figures.hiddenBelow - 1) })}{" "}
				{m["fig.rounded"]({ count: number(figures.roundedTo) })} {m["fig.once"]()}
			</p>
			<details class="defined">
				<summary class="line">
					<Icon of={chart} />
					<b>{m["fig.definition"]()}</b>
					<Icon of={down} />
				</summary>
				<ul class="stack fold">
					<li>{m["fig.def.who"]()}</li>
					<li>{m["fig.def.members"]()}</li>
					<li>{m["fig.def.support"]()}</li>
					<li>{m["fig.def.training"]()}</li>
					<li>{m["fig.def.grievances"]()}</li>
					<li>{m["fig.def.province"]()}</li>
					<li class="soft">{m["fig.def.version"]({ version: number(figures.definitions) })}</li>
				</ul>
			</details>
		</section>
	);
}
