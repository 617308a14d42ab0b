import { chooseLanguage, type Language, language, languages, m, ownName } from "../lib/words/index.ts";

/** LanguageChooser offers each language by its own name. */
export function LanguageChooser({ offered = languages }: { offered?: readonly Language[] }) {
	return (
		<fieldset class="tongues">
			<legend class="sr">{m["nav.language"]()}</legend>
			{offered.map((code) => (
				<button
					key={code}
					type="button"
					class="btn"
					lang={code}
					aria-pressed={language.value === code}
					onClick={() => {
						chooseLanguage(code);
					}}
				>
					{ownName[code]}
				</button>
			))}
		</fieldset>
	);
}
