import { useId } from "preact/hooks";
import { clockShort, weekdayWords } from "../lib/calendar/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, FieldError, Icon, Select } from "../ui/index.ts";
import { bin, plus } from "../ui/pictures.ts";
import { minutes, nextSpan, quarters } from "./hours.ts";
import type { Span } from "./types.ts";

interface Props {
	spans: readonly Span[];
	onChange: (spans: Span[]) => void;
	/** What is wrong with the span at a place of the list, in words. */
	errorOf: (place: number) => string | null;
}

const week = [0, 1, 2, 3, 4, 5, 6];

/** WeekSpans shows the week from Sunday on; each day holds any number of stretches. */
export function WeekSpans({ spans, onChange, errorOf }: Props) {
	const placed = spans.map((span, place) => ({ span, place }));
	return (
		<ul class="card list">
			{week.map((weekday) => (
				<li key={weekday} class="spans">
					<div class="line">
						<h3 class="grow cap">{weekdayWords(weekday)}</h3>
						<Button
							kind="quiet"
							picture={plus}
							onPress={() => onChange([...spans, nextSpan(spans, weekday)])}
						>
							<span class="sr">{m["hours.add"]({ day: weekdayWords(weekday) })}</span>
							<span aria-hidden="true">{m["do.add"]()}</span>
						</Button>
					</div>
					{placed
						.filter(({ span }) => span.weekday === weekday)
						.map(({ span, place }) => (
							<SpanFields
								key={place}
								span={span}
								error={errorOf(place)}
								onChange={(now) => onChange(spans.map((one, i) => (i === place ? now : one)))}
								onRemove={() => onChange(spans.filter((_, i) => i !== place))}
							/>
						))}
				</li>
			))}
		</ul>
	);
}

interface SpanProps {
	span: Span;
	error: string | null;
	onChange: (span: Span) => void;
	onRemove: () => void;
}

function SpanFields({ span, error, onChange, onRemove }: SpanProps) {
	const day = weekdayWords(span.weekday);
	const id = useId();
	return (
		<fieldset class={error ? "span wrong" : "span"} aria-describedby={error ? id : undefined}>
			<legend class="sr">{day}</legend>
			<Select
				label={m["hours.from"]()}
				value={span.from}
				onChange={(from) => onChange({ ...span, from })}
				options={options(span.from)}
			/>
			<Select
				label={m["hours.to"]()}
				value={span.to}
				onChange={(to) => onChange({ ...span, to })}
				options={options(span.to)}
			/>
			<button type="button" class="btn sq" onClick={onRemove}>
				<Icon of={bin} />
				<span class="sr">
					{m["hours.remove"]({ day, from: timeWords(span.from), to: timeWords(span.to) })}
				</span>
			</button>
			{error && <FieldError id={id}>{error}</FieldError>}
		</fieldset>
	);
}

function options(chosen: string) {
	return quarters(chosen).map((time) => ({ value: time, label: timeWords(time) }));
}

function timeWords(clock: string): string {
	return clockShort({ hour: Math.floor(minutes(clock) / 60), minute: minutes(clock) % 60 });
}
