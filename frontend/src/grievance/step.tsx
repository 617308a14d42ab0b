import type { ComponentChildren } from "preact";
import type { Problem } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Form, Heading, Steps } from "../ui/index.ts";
import { back } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type Draft, type Step, steps } from "./draft.ts";
import type { TalkCategory, TalkForm } from "./types.ts";

/** What the steps before sending are handed. */
export interface StepProps {
	form: TalkForm;
	draft: Draft;
	change: (part: Partial<Draft>) => void;
	onNext: () => void;
	onBack: () => void;
}

/** The same, once she has chosen what it is about. */
export type ChosenProps = StepProps & { category: TalkCategory };

/** Where shows how far she has come. */
export function Where({ step }: { step: Step }) {
	const names: Partial<Record<Step, string>> = {
		topic: m["talk.stepReads"](),
		about: m["talk.stepAbout"](),
		write: m["talk.stepWrite"](),
		receipt: m["talk.stepReceipt"](),
	};
	const number = (steps as readonly string[]).indexOf(step) + 1;
	return <Steps step={number} total={steps.length} name={names[step] ?? ""} />;
}

interface FrameProps {
	step: Step;
	title: string;
	problem?: Problem | null;
	/** The words on the button that goes on; without them there is no way on. */
	go: string | null;
	busy?: boolean;
	onGo: () => void;
	onBack: () => void;
	/** What stands below the buttons. */
	after?: ComponentChildren;
	children: ComponentChildren;
}

/** StepFrame is what the steps have in common: where she is, the title, on and back. */
export function StepFrame({ step, title, problem, go, busy, onGo, onBack, after, children }: FrameProps) {
	return (
		<main id="main">
			<Where step={step} />
			<Heading key={step}>{title}</Heading>
			<Trouble problem={problem ?? null} />
			<Form class="stack wide-gap" onSend={onGo}>
				{children}
				{go && (
					<Button kind="primary" type="submit" wide busy={busy ?? false}>
						{go}
					</Button>
				)}
				<Button kind="quiet" picture={back} onPress={onBack}>
					{m["do.back"]()}
				</Button>
			</Form>
			{after}
		</main>
	);
}
