import { useRef, useState } from "preact/hooks";
import { roleWords } from "../account/index.ts";
import { Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Choices, Field, Form, Select } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { type Declaration, type Declaring, declare, findReaders } from "./api.ts";
import { kinds, kindWords } from "./words.ts";

const mostWords = 500;

/** DeclareForm says whom she is close to: one of the readers, by the three-word name, or in words. */
export function DeclareForm({ onKept }: { onKept: () => void }) {
	const [kind, setKind] = useState<Declaration["kind"] | null>(null);
	const [handle, setHandle] = useState("");
	const [reader, setReader] = useState("");
	const [words, setWords] = useState("");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const readers = useLoad(findReaders, []);
	const nobody = !reader && !handle.trim() && !words.trim();
	const keeping = useAct(async () => {
		setTried(true);
		if (!kind || nobody) return;
		const declaring: Declaring = { kind };
		if (reader) declaring.reader = reader;
		else if (handle.trim()) declaring.handle = handle.trim();
		if (words.trim()) declaring.words = words.trim();
		await declare(declaring, intention);
		setKind(null);
		setReader("");
		setHandle("");
		setWords("");
		setTried(false);
		onKept();
	});
	return (
		<Form onSend={() => void keeping.run()}>
			<Choices
				legend={m["ties.kind"]()}
				layout="stack"
				value={kind}
				onChange={(value) => setKind(value as Declaration["kind"])}
				error={tried && !kind ? m["err.required"]() : fieldWords(keeping.problem, "kind")}
				choices={kinds.map((value) => ({ value, label: kindWords[value]() }))}
			/>
			{readers.data && readers.data.length > 0 && (
				<Select
					label={m["ties.reader"]()}
					hint={m["ties.reader.hint"]()}
					value={reader}
					onChange={setReader}
					error={fieldWords(keeping.problem, "reader")}
					options={[
						{ value: "", label: m["ties.reader.none"]() },
						...readers.data.map(({ id, name, role }) => ({
							value: id,
							label: m["ties.who"]({ alias: name, role: roleWords(role) }),
						})),
					]}
				/>
			)}
			{!reader && (
				<Field
					label={m["ties.handle"]()}
					value={handle}
					onInput={setHandle}
					error={tried && nobody ? m["err.required"]() : fieldWords(keeping.problem, "handle")}
				/>
			)}
			<Field
				label={m["ties.words"]()}
				hint={m["ties.words.hint"]()}
				lines={2}
				maxLength={mostWords}
				value={words}
				onInput={setWords}
				error={fieldWords(keeping.problem, "words")}
			/>
			<Trouble problem={keeping.problem} />
			<Button kind="primary" type="submit" wide busy={keeping.busy}>
				{m["ties.keep"]()}
			</Button>
		</Form>
	);
}
