import { useState } from "preact/hooks";
import type { GroupOfMine } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { faultWords } from "../lib/words/fault.ts";
import { localised, m, numerals } from "../lib/words/index.ts";
import { BirthWords } from "../member/index.ts";
import { Badge, Icon } from "../ui/index.ts";
import { info, pen } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import type { ImportRow, RowChange, RowFault } from "./api.ts";
import { choicesFor } from "./choices.ts";
import { Decisions } from "./decisions.tsx";
import { FaultText, Mend } from "./mend.tsx";
import { fieldName, hintWords, type Shape } from "./words.ts";

interface Props {
	row: ImportRow;
	/** Nothing has been brought in yet: the row can be changed. */
	draft: boolean;
	groups: readonly GroupOfMine[];
	/** Its fate when it is no longer the one of the list it stands in. */
	shape: Shape | null;
	mend: (key: number, change: RowChange) => Promise<ImportRow | null>;
	onMended: (row: ImportRow) => void;
}

/** Row is one line of the file: what was read, what becomes of it and why, and what she can do about it. */
export function Row({ row, draft, groups, shape, mend, onMended }: Props) {
	const faults = useSeenFaults(row);
	const changing = useAct(async (change: RowChange) => {
		const now = await mend(row.key, change);
		if (now) onMended(now);
	});
	return (
		<li>
			<p class="num soft">
				{m["register.line"]()} {numerals(String(row.line))}
				{row.sheet && <span> · {row.sheet}</span>}
			</p>
			<div>
				<h3>{row.name || m["register.noName"]()}</h3>
				{row.alias && <p>{row.alias}</p>}
				{row.group && <p class="soft">{localised(row.group.name)}</p>}
			</div>
			<div>
				{row.phone && <p class="nb num">{row.phone}</p>}
				<p>{(row.birth.precision !== "unknown" || !row.faults.length) && <BirthWords birth={row.birth} />}</p>
			</div>
			<div class="stack tight">
				{(shape || row.mended) && (
					<p class="line">
						{shape && (
							<Badge picture={shape.picture} {...(shape.tone && { tone: shape.tone })}>
								{shape.say()}
							</Badge>
						)}
						{row.mended && <Badge picture={pen}>{m["register.mended"]()}</Badge>}
					</p>
				)}
				<Why row={row} />
			</div>
			{faults.length > 0 && (
				<div class="full stack">
					{faults.map((fault) =>
						draft ? (
							<Mend
								key={fault.field}
								first={fault}
								row={row}
								groups={groups}
								changing={changing}
								onWritten={(field, text) => changing.run({ cells: { [field]: text } })}
							/>
						) : (
							<FaultText key={fault.field} fault={fault} />
						),
					)}
				</div>
			)}
			{draft && (
				<div class={faults.length || choicesFor(row).choices.length > 1 ? "full" : "act"}>
					<Trouble problem={changing.problem} />
					<Decisions
						row={row}
						busy={changing.busy}
						onDecide={(decision) => void changing.run({ decision })}
					/>
				</div>
			)}
		</li>
	);
}

function Why({ row }: { row: ImportRow }) {
	return (
		<>
			{row.reason && row.reason !== "row.faulty" && <p>{faultWords(row.reason)}</p>}
			{row.sameAs?.line && (
				<p class="soft">
					{m["register.same.line"]({ line: numerals(String(row.sameAs.line)) })}
					{row.sameAs.row && <Earlier row={row.sameAs.row} />}
				</p>
			)}
			{row.sameAs?.member && row.fate !== "created" && (
				<p class="soft">{m["register.same.member"]({ name: row.sameAs.member.name })}</p>
			)}
			{row.changes.length > 0 && (
				<p>{m["register.changes"]({ fields: row.changes.map(fieldName).join(", ") })}</p>
			)}
			{row.hints.map((hint) => (
				<p key={hint} class="soft">
					<Icon of={info} /> {hintWords(hint)}
				</p>
			))}
		</>
	);
}

/** Earlier is the row that this one seems to repeat, so that the two can be held side by side. */
function Earlier({ row }: { row: NonNullable<NonNullable<ImportRow["sameAs"]>["row"]> }) {
	return (
		<>
			<br />
			<b>{row.name}</b>
			{row.phone && <span class="nb num"> · {row.phone}</span>}
			{row.birth.precision !== "unknown" && (
				<>
					{" · "}
					<BirthWords birth={row.birth} />
				</>
			)}
			{row.group && <span> · {localised(row.group.name)}</span>}
		</>
	);
}

/**
 * useSeenFaults keeps the faults that the row had since it is on screen, so
 * that the place to write in stays, with the focus, when what she wrote is right.
 */
function useSeenFaults(row: ImportRow): RowFault[] {
	const [seen] = useState(() => new Map<string, RowFault>());
	for (const fault of row.faults) if (!seen.has(fault.field)) seen.set(fault.field, fault);
	return [...seen.values()];
}
