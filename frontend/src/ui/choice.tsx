import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { FieldError } from "./field.tsx";
import { Icon } from "./icon.tsx";

export interface Choice {
	value: string;
	label: ComponentChildren;
	picture?: string;
	hint?: ComponentChildren;
	disabled?: boolean;
}

interface ChoicesProps {
	legend: ComponentChildren;
	/** The heading above already says it: the legend is for screen readers only. */
	legendHidden?: boolean;
	hint?: ComponentChildren;
	error?: string | null | undefined;
	/** `tiles` side by side, `stack` one under the other, `slots` small ones. */
	layout?: "tiles" | "stack" | "slots";
	choices: readonly Choice[];
	value: string | null;
	onChange: (value: string) => void;
}

/** Choices is one pick out of a few, each with word and, where there is one, a picture. */
export function Choices(props: ChoicesProps) {
	const name = useId();
	const { layout = "tiles", choices, value, onChange, error } = props;
	return (
		<fieldset class={error ? "wrong" : ""} aria-describedby={error ? `${name}e` : undefined}>
			<legend class={props.legendHidden ? "sr" : ""}>{props.legend}</legend>
			{props.hint && <p class="hint">{props.hint}</p>}
			{/* Above the choices: where they fill a phone's screen it would be out of sight below them. */}
			{error && <FieldError id={`${name}e`}>{error}</FieldError>}
			<div class={layout}>
				{choices.map((choice) => (
					<label class="pick" key={choice.value}>
						<input
							type="radio"
							name={name}
							value={choice.value}
							checked={choice.value === value}
							disabled={choice.disabled}
							onChange={() => onChange(choice.value)}
						/>
						<Face choice={choice} />
					</label>
				))}
			</div>
		</fieldset>
	);
}

interface TickProps {
	children: ComponentChildren;
	checked: boolean;
	onChange: (checked: boolean) => void;
	error?: string | null | undefined;
	lang?: string;
}

/** Tick is one yes, never given beforehand. */
export function Tick({ children, checked, onChange, error, lang }: TickProps) {
	const id = useId();
	return (
		<div>
			<label class="pick tick" lang={lang}>
				<input
					type="checkbox"
					checked={checked}
					onChange={(event) => onChange(event.currentTarget.checked)}
					aria-invalid={error ? "true" : undefined}
					aria-describedby={error ? id : undefined}
				/>
				<span class="face">
					<span class="box" />
					<span>{children}</span>
				</span>
			</label>
			{error && <FieldError id={id}>{error}</FieldError>}
		</div>
	);
}

function Face({ choice }: { choice: Choice }) {
	return (
		<span class="face">
			{choice.picture && <Icon of={choice.picture} framed />}
			<span>
				{choice.label}
				{choice.hint && <small> {choice.hint}</small>}
			</span>
		</span>
	);
}
