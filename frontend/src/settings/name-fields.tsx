import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { type Localised, languages, m, ownName } from "../lib/words/index.ts";
import { Field, FieldError } from "../ui/index.ts";
import type { Name } from "./types.ts";

interface Props {
	legend: ComponentChildren;
	legendHidden?: boolean;
	name: Name;
	onChange: (name: Name) => void;
	/** What is wrong with it as a whole, and with one language of it. */
	error?: string | null;
	errorOf?: (language: string) => string | null;
	maxLength?: number;
}

/** NameFields takes a name in the three languages; one is enough. */
export function NameFields({ legend, legendHidden, name, onChange, error, errorOf, maxLength = 120 }: Props) {
	const id = useId();
	return (
		<fieldset
			class={error ? "stack tight wrong" : "stack tight"}
			aria-describedby={error ? `${id}e ${id}h` : `${id}h`}
		>
			<legend class={legendHidden ? "sr" : ""}>{legend}</legend>
			<p class="hint" id={`${id}h`}>
				{m["set.name.one"]()}
			</p>
			<div class="three">
				{languages.map((language) => (
					<Field
						key={language}
						label={<span lang={language}>{ownName[language]}</span>}
						lang={language}
						value={name[language] ?? ""}
						onInput={(text) => onChange({ ...name, [language]: text })}
						maxLength={maxLength}
						error={errorOf?.(language) ?? null}
					/>
				))}
			</div>
			{error && <FieldError id={`${id}e`}>{error}</FieldError>}
		</fieldset>
	);
}

/** Names shows a name in each language in which it is written. */
export function Names({ of: name }: { of: Localised }) {
	return (
		<dl class="list held">
			{languages.map((language) => (
				<div key={language}>
					<dt lang={language}>{ownName[language]}</dt>
					<dd lang={name[language] ? language : undefined}>{name[language] || m["set.none"]()}</dd>
				</div>
			))}
		</dl>
	);
}
