import { m, number } from "../lib/words/index.ts";
import type { Cell, Table } from "./api.ts";
import { breakdownWords, rowWords } from "./words.ts";

/**
 * FigureTable is one table with a bar beside each number. A hidden row is hatched
 * over its whole track, so its length says nothing. Rows of nobody are put
 * together in a line below.
 */
export function FigureTable({ table }: { table: Table }) {
	const { rows, breakdown } = table;
	const bare = rows.length > 0 && rows.every(({ cell }) => cell.hidden);
	const filled = rows.filter(({ cell }) => cell.hidden || cell.value !== 0);
	const empty = rows.filter(({ cell }) => !cell.hidden && cell.value === 0);
	const longest = Math.max(1, ...rows.map(({ cell }) => cell.value ?? 0));
	if (table.total.value === 0) return null;
	return (
		<div class="stack tight">
			{bare ? (
				<>
					<h3>{breakdownWords(breakdown)}</h3>
					<p class="soft">{m["fig.totalOnly"]()}</p>
				</>
			) : (
				<table class="figs">
					<caption>{breakdownWords(breakdown)}</caption>
					<tbody>
						{filled.map((row) => (
							<tr key={row.key}>
								<th scope="row">{rowWords(row, breakdown)}</th>
								<td class="bar">
									<Bar cell={row.cell} most={longest} />
								</td>
								<td class="r num">
									<CellWords cell={row.cell} />
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			{!bare && empty.length > 0 && (
				<p class="soft">{m["fig.zero"]({ what: empty.map((row) => rowWords(row, breakdown)).join(", ") })}</p>
			)}
		</div>
	);
}

// The number stands beside it, so the bar is for the eye alone.
function Bar({ cell, most }: { cell: Cell; most: number }) {
	if (cell.hidden || cell.value === null) return <span class="hid track" />;
	return <progress value={cell.value} max={most} aria-hidden="true" />;
}

/** CellWords is a count as it shows. */
export function CellWords({ cell }: { cell: Cell }) {
	if (cell.hidden || cell.value === null) return <b>{m["fig.hidden"]()}</b>;
	return <>{String(number(cell.value))}</>;
}
