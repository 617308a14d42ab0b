import { useState } from "preact/hooks";
import type { Loaded } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Button, Choices, Form, Heading, LinkButton, Notice, Ready } from "../ui/index.ts";
import { find, storm } from "../ui/pictures.ts";
import type { Draft } from "./draft.ts";
import { Outside, standing, urgentNumber } from "./outside.tsx";
import { Where } from "./step.tsx";
import type { Category, TalkForm } from "./types.ts";
import { BeforeWriting, NobodyFree, WhoReads } from "./who-reads.tsx";
import { categoryPicture, categoryWords } from "./words.ts";

interface Props {
	form: Loaded<TalkForm>;
	draft: Draft;
	change: (part: Partial<Draft>) => void;
	onNext: () => void;
}

/** TopicStep: who reads, what cannot be kept secret, and what it is about. Nothing is written yet. */
export function TopicStep({ form, draft, change, onNext }: Props) {
	return (
		<main id="main">
			<Where step="topic" />
			<Heading key="topic">{m["talk.title"]()}</Heading>
			<p>{m["talk.noName"]()}</p>
			<div>
				<LinkButton kind="quiet" picture={find} href="/answer">
					{m["receipt.return"]()}
				</LinkButton>
			</div>
			<Ready of={form} rows={4}>
				{(found) => (
					<>
						<Topic form={found} draft={draft} change={change} onNext={onNext} />
						{found.categories.some(({ readers }) => readers.length > 0) && <Outside ways={found.outside} />}
					</>
				)}
			</Ready>
			{form.data === null && form.problem && <Outside ways={standing} />}
		</main>
	);
}

function Topic({ form, draft, change, onNext }: Omit<Props, "form"> & { form: TalkForm }) {
	const [missing, setMissing] = useState(false);
	const chosen = form.categories.find(({ key }) => key === draft.category);
	const nobody = chosen?.readers.length === 0;
	const urgent = urgentNumber(form.outside);
	function go(): void {
		setMissing(!chosen);
		if (chosen && !nobody) onNext();
	}
	// Where nobody reads anything, she is told before she chooses.
	if (form.categories.every(({ readers }) => readers.length === 0))
		return <NobodyFree outside={form.outside} />;
	return (
		<>
			<BeforeWriting readers={chosen && !nobody ? chosen.readers : null} form={form} />
			<Form class="stack wide-gap" onSend={go}>
				<Choices
					legend={m["talk.what"]()}
					value={draft.category}
					onChange={(key) => change({ category: key as Category })}
					error={missing && !chosen ? m["talk.what.missing"]() : null}
					choices={form.categories.map(({ key }) => ({
						value: key,
						label: categoryWords(key),
						picture: categoryPicture(key),
					}))}
				/>
				<div class="stack" role="status">
					{chosen?.key === "danger" && urgent && (
						<Notice tone="bad" picture={storm}>
							{m["talk.danger"]({ phone: urgent })}
						</Notice>
					)}
					{chosen && !nobody && (
						<p>
							<WhoReads readers={chosen.readers} />
							<br />
							{m["talk.firstReply"]({ count: number(chosen.acknowledge) })}
						</p>
					)}
					{nobody && <NobodyFree outside={form.outside} />}
				</div>
				{!nobody && (
					<Button kind="primary" type="submit" wide>
						{m["do.next"]()}
					</Button>
				)}
			</Form>
		</>
	);
}
