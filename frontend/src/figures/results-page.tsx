import { useEffect, useRef, useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { type Paged, usePaged } from "../lib/page/paged.ts";
import { localised, m } from "../lib/words/index.ts";
import { Button, Empty, Heading, Icon, Notice, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { chart, print } from "../ui/pictures.ts";
import { findResults, type Result, type ResultRow, readResult } from "./api.ts";
import { FiguresView } from "./figures-view.tsx";
import { dateWords, daysWords, quarterWords } from "./quarter.ts";

/**
 * ResultsPage is all that a liaison has: the figures that the organisations she
 * supports have released. The latest stands open.
 */
export default function ResultsPage() {
	const results = usePaged(findResults);
	const [chosen, setChosen] = useState<string | null>(null);
	const opened = chosen ?? results.items[0]?.id ?? null;
	return (
		<main id="main">
			<div class="line head">
				<div class="grow">
					<Heading>{m["nav.results"]()}</Heading>
				</div>
				{opened && (
					<Button picture={print} onPress={() => window.print()}>
						{m["do.print"]()}
					</Button>
				)}
			</div>
			<Ready of={results} rows={5}>
				{() =>
					opened ? (
						<div class="cols main-side">
							<Choose results={results} opened={opened} onOpen={setChosen} />
							<Opened id={opened} pressed={chosen !== null} />
						</div>
					) : (
						<Empty title={m["fig.list.none"]()}>
							<p class="soft">{m["fig.list.none.hint"]()}</p>
						</Empty>
					)
				}
			</Ready>
		</main>
	);
}

interface ChooseProps {
	results: Paged<ResultRow>;
	opened: string;
	onOpen: (id: string) => void;
}

/** Choose lists what was released, the latest quarter first, across the organisations. */
function Choose({ results: { items, more }, opened, onOpen }: ChooseProps) {
	return (
		<section class="card stack aside">
			<h2>{m["fig.list"]()}</h2>
			<ul class="list">
				{items.map((row) => (
					<li key={row.id} class="row">
						<Icon of={chart} />
						<div class="grow">
							<button
								type="button"
								class="whole"
								aria-current={row.id === opened ? "true" : undefined}
								onClick={() => onOpen(row.id)}
							>
								{row.id === opened ? <b>{localised(row.organisation)}</b> : localised(row.organisation)}
							</button>
							<p class="soft">{quarterWords(row.quarter)}</p>
						</div>
					</li>
				))}
			</ul>
			<More of={more} />
		</section>
	);
}

function Opened({ id, pressed }: { id: string; pressed: boolean }) {
	const result = useLoad(() => readResult(id), [id]);
	return (
		<div class="stack wide-gap">
			<Ready of={result} rows={6}>
				{(data) => <OneResult key={data.id} result={data} pressed={pressed} />}
			</Ready>
		</div>
	);
}

function OneResult({ result, pressed }: { result: Result; pressed: boolean }) {
	const heading = useRef<HTMLHeadingElement>(null);
	// On a phone the list stands above: what was pressed is brought before her eyes.
	useEffect(() => {
		if (!pressed) return;
		heading.current?.focus({ preventScroll: true });
		heading.current?.scrollIntoView({ block: "nearest" });
	}, []);
	return (
		<>
			<header>
				<h2 ref={heading} tabIndex={-1} class="big">
					{localised(result.organisation)}, {quarterWords(result.quarter)}
				</h2>
				<p class="soft">
					{daysWords(result)}
					<br />
					<small>{daysWords(result, true)}</small>
				</p>
			</header>
			<Notice tone="ok">{m["fig.released"]({ date: dateWords(result.releasedOn) })}</Notice>
			<FiguresView figures={result} />
		</>
	);
}
