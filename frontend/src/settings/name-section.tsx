import { isLanguage, type Language, languages, m, ownName } from "../lib/words/index.ts";
import { Ticks } from "../ui/ticks.tsx";
import { fieldWords } from "../ui/trouble.tsx";
import { Editor, type Held, type Shape } from "./editor.tsx";
import { NameFields, Names } from "./name-fields.tsx";
import { hasName, nameFrom, type Written, writtenOf } from "./names.ts";
import type { Parts } from "./parts.ts";
import { Opens, Section } from "./section.tsx";

interface Props extends Held {
	mayChange: boolean;
}

const languageOf = (key: string) => (isLanguage(key) ? ownName[key] : key);
const written = (parts: Parts<string>): Written => ({ ...writtenOf({}), ...parts });

const nameShape: Shape<string> = {
	read: ({ name }) => ({ ...writtenOf(name) }),
	write: (parts) => ({ name: nameFrom(written(parts)) }),
	same: (a, b) => (a ?? "").trim() === (b ?? "").trim(),
	nameOf: languageOf,
	show: (name) => name || m["set.none"](),
};

/** NameSection: what the organisation is called, in three languages. */
export function NameSection({ mayChange, ...held }: Props) {
	const { name } = held.now.data;
	return (
		<Section title={m["set.name"]()} what={m["set.name.what"]()}>
			<Opens
				name={m["set.name"]()}
				edit={
					mayChange
						? (close) => (
								<Editor {...held} shape={nameShape} onDone={close} isFaulty={(draft) => !hasName(draft)}>
									{({ draft, change, tried, problem }) => (
										<NameFields
											legend={m["set.name"]()}
											legendHidden
											name={written(draft)}
											onChange={(name) => change({ ...writtenOf(name) })}
											error={tried && !hasName(draft) ? m["set.name.missing"]() : fieldWords(problem, "name")}
											errorOf={(language) => fieldWords(problem, `name.${language}`)}
										/>
									)}
								</Editor>
							)
						: null
				}
			>
				<Names of={name} />
			</Opens>
		</Section>
	);
}

const languageShape: Shape<boolean> = {
	read: (settings) => Object.fromEntries(languages.map((one) => [one, settings.languages.includes(one)])),
	write: (parts) => ({ languages: offered(parts) }),
	same: (a, b) => (a ?? false) === (b ?? false),
	nameOf: languageOf,
	show: (yes) => (yes ? m["set.yes"]() : m["set.no"]()),
};

function offered(parts: Parts<boolean>): Language[] {
	return languages.filter((language) => parts[language]);
}

/** LanguagesSection: the languages that can be chosen at the foot of every page. */
export function LanguagesSection({ mayChange, ...held }: Props) {
	const none = (draft: Parts<boolean>) => offered(draft).length === 0;
	return (
		<Section title={m["set.languages"]()}>
			<Opens
				name={m["set.languages"]()}
				edit={
					mayChange
						? (close) => (
								<Editor {...held} shape={languageShape} onDone={close} isFaulty={none}>
									{({ draft, change, tried, problem }) => (
										<Ticks
											legend={<span class="sr">{m["set.languages"]()}</span>}
											layout="slots"
											choices={languages.map((value) => ({ value, label: ownName[value] }))}
											ticked={offered(draft)}
											onChange={(ticked) =>
												change(Object.fromEntries(languages.map((one) => [one, ticked.includes(one)])))
											}
											error={
												tried && none(draft) ? m["set.languages.missing"]() : fieldWords(problem, "languages")
											}
										/>
									)}
								</Editor>
							)
						: null
				}
			>
				<ul class="line">
					{held.now.data.languages.map((one) => (
						<li key={one} class="badge" lang={one}>
							{languageOf(one)}
						</li>
					))}
				</ul>
			</Opens>
		</Section>
	);
}
