import { useEffect, useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { type Language, languages, m, ownName } from "../lib/words/index.ts";
import { Button, Choices, Field, Form } from "../ui/index.ts";
import { SidePart } from "../ui/side-part.tsx";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { addCourse } from "./api.ts";
import type { Course, Picture } from "./types.ts";
import { pictureChoices } from "./words.ts";

interface Props {
	onClose: () => void;
	onAdded: (course: Course) => void;
}

type Texts = Record<Language, string>;
const nothing: Texts = { ne: "", en: "", nb: "" };
const mostName = 80;
const mostAbout = 400;

/** NewCourse adds something that is taught: its name, what is learnt, and the picture it is known by. */
export function NewCourse({ onClose, onAdded }: Props) {
	const [name, setName] = useState(nothing);
	const [about, setAbout] = useState(nothing);
	const [picture, setPicture] = useState<Picture | null>(null);
	const [tried, setTried] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const intention = useRef(new Intention()).current;
	const adding = useAct(async () => {
		setTried(true);
		if (isEmpty(name) || isEmpty(about) || !picture) return;
		onAdded(await addCourse({ name: given(name), about: given(about), picture }, intention));
	});
	return (
		<SidePart onClose={onClose}>
			<h2 ref={heading} tabIndex={-1}>
				{m["course.new"]()}
			</h2>
			<Form onSend={adding.run}>
				<InEach
					what={m["course.name"]()}
					texts={name}
					onChange={setName}
					most={mostName}
					error={tried && isEmpty(name) ? m["course.name.hint"]() : fieldWords(adding.problem, "name")}
				/>
				<InEach
					what={m["course.about"]()}
					texts={about}
					onChange={setAbout}
					most={mostAbout}
					lines={3}
					error={tried && isEmpty(about) ? m["course.name.hint"]() : fieldWords(adding.problem, "about")}
				/>
				<Choices
					legend={m["course.picture"]()}
					choices={pictureChoices()}
					value={picture}
					onChange={(value) => setPicture(value as Picture)}
					error={tried && !picture ? m["err.required"]() : fieldWords(adding.problem, "picture")}
				/>
				<Trouble problem={adding.problem} />
				<Button type="submit" kind="primary" wide busy={adding.busy}>
					{m["do.keep"]()}
				</Button>
			</Form>
		</SidePart>
	);
}

interface InEachProps {
	what: string;
	texts: Texts;
	onChange: (texts: Texts) => void;
	most: number;
	lines?: number;
	error: string | null;
}

/** InEach asks for one text in each language; one of them is enough. */
function InEach({ what, texts, onChange, most, lines, error }: InEachProps) {
	return (
		<fieldset class="stack">
			<legend>{what}</legend>
			<p class="hint">{m["course.name.hint"]()}</p>
			{languages.map((code, at) => (
				<Field
					key={code}
					label={ownName[code]}
					lang={code}
					value={texts[code]}
					onInput={(text) => onChange({ ...texts, [code]: text })}
					maxLength={most}
					{...(lines && { lines })}
					error={at === 0 ? error : null}
				/>
			))}
		</fieldset>
	);
}

function isEmpty(texts: Texts): boolean {
	return languages.every((code) => texts[code].trim() === "");
}

function given(texts: Texts): Course["name"] {
	const filled = languages.filter((code) => texts[code].trim() !== "");
	return Object.fromEntries(filled.map((code) => [code, texts[code].trim()]));
}
