import type { ComponentChildren } from "preact";
import type { Problem } from "../../lib/api/index.ts";
import { m } from "../../lib/words/index.ts";
import { Button, Form, Heading, Steps } from "../../ui/index.ts";
import { back } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { type Draft, type Step, steps } from "./draft.ts";

/** What every step is handed. */
export interface StepProps {
	draft: Draft;
	change: (part: Partial<Draft>) => void;
	/** Why the last sending did not go through. */
	problem: Problem | null;
	onNext: () => void;
	onBack: () => void;
}

interface FrameProps {
	step: Step;
	title: string;
	problem: Problem | null;
	/** The words on the button that goes on. */
	go: string;
	busy?: boolean;
	onGo: () => void;
	onBack: () => void;
	children: ComponentChildren;
}

/** StepFrame is what the steps have in common: where she is, the title, on and back. */
export function StepFrame({ step, title, problem, go, busy, onGo, onBack, children }: FrameProps) {
	const names: Partial<Record<Step, string>> = {
		alias: m["join.stepName"](),
		group: m["join.stepGroup"](),
		words: m["join.stepWords"](),
		consent: m["join.stepYes"](),
	};
	const number = (steps as readonly string[]).indexOf(step) + 1;
	return (
		<main id="main">
			<Steps step={number} total={steps.length} name={names[step] ?? ""} />
			<Heading key={step}>{title}</Heading>
			<Trouble problem={problem} />
			<Form class="stack wide-gap" onSend={onGo}>
				{children}
				<Button kind="primary" type="submit" wide busy={busy ?? false}>
					{go}
				</Button>
				<Button kind="quiet" picture={back} onPress={onBack}>
					{m["do.back"]()}
				</Button>
			</Form>
		</main>
	);
}

/** Why says why something is asked and who sees it, before she writes. */
export function Why({ why, who }: { why: string; who?: string }) {
	return (
		<p class="soft">
			{why}
			{who && (
				<>
					<br />
					{who}
				</>
			)}
		</p>
	);
}
