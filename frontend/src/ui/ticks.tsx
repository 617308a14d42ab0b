import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Choice } from "./choice.tsx";
import { FieldError } from "./field.tsx";
import { Icon } from "./icon.tsx";

interface TicksProps {
	legend: ComponentChildren;
	hint?: ComponentChildren;
	error?: string | null | undefined;
	/** `tiles` with room for a picture, `slots` small ones. */
	layout?: "tiles" | "slots";
	choices: readonly Choice[];
	ticked: readonly string[];
	onChange: (ticked: string[]) => void;
}

/** Ticks is as many picks out of a few as she likes, none among them; in the order in which they are offered. */
export function Ticks({ legend, hint, error, layout = "tiles", choices, ticked, onChange }: TicksProps) {
	const id = useId();
	function change(value: string, on: boolean): void {
		const kept = (one: Choice) => (one.value === value ? on : ticked.includes(one.value));
		onChange(choices.filter(kept).map((one) => one.value));
	}
	const described = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(" ") || undefined;
	return (
		<fieldset class={error ? "stack tight wrong" : "stack tight"} aria-describedby={described}>
			<legend>{legend}</legend>
			{hint && (
				<p class="hint" id={`${id}h`}>
					{hint}
				</p>
			)}
			{error && <FieldError id={`${id}e`}>{error}</FieldError>}
			<div class={layout}>
				{choices.map(({ value, label, picture }) => (
					<label class="pick" key={value}>
						<input
							type="checkbox"
							checked={ticked.includes(value)}
							onChange={(event) => change(value, event.currentTarget.checked)}
						/>
						<span class="face">
							{picture && <Icon of={picture} framed />}
							<span>{label}</span>
						</span>
					</label>
				))}
			</div>
		</fieldset>
	);
}
