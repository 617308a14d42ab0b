import type { ComponentChildren } from "preact";
import { m, number, numerals } from "../lib/words/index.ts";
import { Icon, Notice } from "../ui/index.ts";
import { down } from "../ui/pictures.ts";
import type { RegisterImport } from "./api.ts";
import { CalendarChoice } from "./asks.tsx";
import { Columns } from "./columns.tsx";
import type { Worked } from "./use-import.ts";
import { encodingWords, otherWords, sourceWords } from "./words.ts";

interface Props {
	worked: Worked;
	now: RegisterImport;
}

/** HowRead tells how the file was understood and lets it be changed: sheet, headings, letters, calendar, columns. */
export function HowRead({ worked, now }: Props) {
	const unknown = now.columns.filter((column) => !column.field);
	const names = unknown.map((column) => column.heading || column.letter).join(", ");
	return (
		<section class="card stack">
			{unknown.length > 0 && (
				<Notice tone="warn">{m["register.columns.unknown"]({ count: number(unknown.length), names })}</Notice>
			)}
			<details>
				<summary class="line">
					<h2 class="grow">{m["register.how"]()}</h2>
					<Icon of={down} />
				</summary>
				<div class="stack fold">
					<Facts now={now} />
					{now.calendarFrom !== "column" && !now.calendarNeeded && (
						<CalendarChoice worked={worked} now={now} />
					)}
					<Columns worked={worked} now={now} />
					{now.otherLines.length > 0 && <Others lines={now.otherLines} />}
				</div>
			</details>
		</section>
	);
}

function Facts({ now }: { now: RegisterImport }) {
	return (
		<dl class="list pairs">
			{now.sheet && (
				<Fact name={m["register.how.sheet"]()}>
					{now.sheet}
					{now.sheets.length > 1 && (
						<p class="soft">{m["register.how.sheets"]({ count: number(now.sheets.length) })}</p>
					)}
				</Fact>
			)}
			<Fact name={m["register.how.heading"]()}>
				{now.headingLine ? numerals(String(now.headingLine)) : m["register.how.headingNone"]()}
			</Fact>
			<Fact name={m["register.how.calendar"]()}>
				{calendarWords(now)}
				<p class="soft">{sourceWords(now.calendarFrom)}</p>
			</Fact>
			<Fact name={m["register.how.kind"]()}>{now.fileKind.toUpperCase()}</Fact>
			{now.fileKind === "csv" && (
				<>
					<Fact name={m["register.how.separator"]()}>
						{now.separator === "\t" ? m["register.how.tab"]() : now.separator}
					</Fact>
					<Fact name={m["register.how.encoding"]()}>{encodingWords(now.encoding)}</Fact>
				</>
			)}
		</dl>
	);
}

function calendarWords({ calendar, calendarFrom }: RegisterImport): string {
	if (calendar === "bs") return m["birth.bs"]();
	if (calendar === "ad") return m["birth.ad"]();
	return calendarFrom === "column" ? m["register.how.calendar.each"]() : m["register.how.calendar.unknown"]();
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd class="end">{children}</dd>
		</div>
	);
}

function Others({ lines }: { lines: RegisterImport["otherLines"] }) {
	return (
		<section class="stack tight">
			<h3>{m["register.others"]({ count: number(lines.length) })}</h3>
			<ul class="list">
				{lines.map((line) => (
					<li key={`${line.sheet ?? ""} ${line.line}`}>
						<span class="soft num">
							{m["register.line"]()} {numerals(String(line.line))}
						</span>
						<span class="grow">{line.text}</span>
						<span class="soft">{otherWords(line.why)}</span>
					</li>
				))}
			</ul>
		</section>
	);
}
