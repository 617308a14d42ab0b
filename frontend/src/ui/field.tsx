import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { bad } from "./pictures.ts";

interface FieldProps {
	label: ComponentChildren;
	hint?: ComponentChildren;
	/** What is wrong with it, in words. */
	error?: string | null | undefined;
	value: string;
	onInput: (value: string) => void;
	type?: "text" | "password" | "tel" | "search";
	inputMode?: "text" | "tel" | "numeric" | "search";
	/** Lines of room for a longer text. */
	lines?: number;
	required?: boolean;
	maxLength?: number;
	/** Takes the focus when it appears, for a field that a press has opened. */
	first?: boolean;
	lang?: string;
}

/**
 * Field is one line or box to write in. The keyboard is asked to learn nothing
 * from it and the browser to offer nothing.
 */
export function Field(props: FieldProps) {
	const id = useId();
	const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
	const { label, hint, error, value, onInput, type = "text", lines, first } = props;
	useEffect(() => {
		if (first) box.current?.focus();
	}, [first]);
	const described = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(" ") || undefined;
	const common = {
		ref: box,
		id,
		value,
		onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
		"aria-invalid": error ? ("true" as const) : undefined,
		"aria-describedby": described,
		"aria-required": props.required,
		maxLength: props.maxLength,
		lang: props.lang,
		autocomplete: "off" as const,
		autocorrect: "off" as const,
		autocapitalize: "none" as const,
		spellcheck: false,
	};
	return (
		<div class="field">
			<label for={id}>{label}</label>
			{hint && (
				<span class="hint" id={`${id}h`}>
					{hint}
				</span>
			)}
			{lines ? (
				<textarea rows={lines} {...common} />
			) : (
				<input type={type} inputMode={props.inputMode} {...common} />
			)}
			{error && <FieldError id={`${id}e`}>{error}</FieldError>}
		</div>
	);
}

/** FieldError says what is wrong with one field: shape, words, colour. */
export function FieldError({ id, children }: { id?: string; children: ComponentChildren }) {
	return (
		<p class="err" id={id}>
			<Icon of={bad} /> {children}
		</p>
	);
}

interface SelectProps {
	label: ComponentChildren;
	hint?: ComponentChildren;
	error?: string | null | undefined;
	value: string;
	onChange: (value: string) => void;
	options: readonly { value: string; label: string; disabled?: boolean }[];
}

/** Select chooses one of a list that is too long for tiles. */
export function Select({ label, hint, error, value, onChange, options }: SelectProps) {
	const id = useId();
	const described = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(" ") || undefined;
	return (
		<div class="field">
			<label for={id}>{label}</label>
			{hint && (
				<span class="hint" id={`${id}h`}>
					{hint}
				</span>
			)}
			<select
				id={id}
				value={value}
				onChange={(event) => onChange(event.currentTarget.value)}
				aria-invalid={error ? "true" : undefined}
				aria-describedby={described}
			>
				{options.map((option) => (
					<option key={option.value} value={option.value} disabled={option.disabled}>
						{option.label}
					</option>
				))}
			</select>
			{error && <FieldError id={`${id}e`}>{error}</FieldError>}
		</div>
	);
}
