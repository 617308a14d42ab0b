import type { ComponentChildren } from "preact";

export interface Column<Row> {
	head: string;
	cell: (row: Row) => ComponentChildren;
	/** It is a figure. */
	figure?: boolean;
	/** It is no word of a language. */
	sign?: boolean;
}

interface Props<Row> {
	columns: readonly Column<Row>[];
	rows: readonly Row[];
}

/** Table lays lines out in columns; on a narrow screen each line is a card whose first column leads it. */
export function Table<Row>({ columns, rows }: Props<Row>) {
	return (
		<table class="tbl wraps">
			<thead>
				<tr>
					{columns.map(({ head }) => (
						<th key={head} scope="col">
							{head}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row, line) => (
					<tr key={line}>
						{columns.map(({ head, cell, figure, sign }, place) => (
							<td
								key={head}
								data-l={place > 0 ? head : undefined}
								class={figure ? "num" : undefined}
								translate={sign ? false : undefined}
							>
								{cell(row)}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
