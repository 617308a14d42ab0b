import { m } from "../lib/words/index.ts";
import { Tick } from "../ui/index.ts";
import { readersLeft } from "./draft.ts";
import { type ChosenProps, StepFrame } from "./step.tsx";
import { NobodyFree, WhoReads } from "./who-reads.tsx";
import { readerRoleWords } from "./words.ts";

/** AboutStep: whether it is about one of those who would read it, and who reads it then. */
export function AboutStep({ form, category, draft, change, onNext, onBack }: ChosenProps) {
	const left = readersLeft(category, draft);
	const nobody = left.length === 0;
	const tick = (id: string) => (yes: boolean) =>
		change({ about: yes ? [...draft.about, id] : draft.about.filter((one) => one !== id) });
	return (
		<StepFrame
			step="about"
			title={m["talk.about.title"]()}
			go={nobody ? null : m["do.next"]()}
			onGo={() => !nobody && onNext()}
			onBack={onBack}
		>
			<p>
				{m["talk.about.none"]()} <span class="soft">{m["talk.about"]()}</span>
			</p>
			<fieldset class="stack">
				<legend>{m["talk.about.legend"]()}</legend>
				{category.readers.map(({ id, name, role }) => (
					<Tick key={id} checked={draft.about.includes(id)} onChange={tick(id)}>
						<b>{name}</b> <span class="soft">{readerRoleWords(role)}</span>
					</Tick>
				))}
				<Tick checked={draft.described} onChange={(described) => change({ described })}>
					{m["talk.about.other"]()}
				</Tick>
			</fieldset>
			<div role="status">
				{nobody ? (
					<NobodyFree outside={form.outside} />
				) : (
					<p>
						<WhoReads readers={left} />
					</p>
				)}
			</div>
		</StepFrame>
	);
}
