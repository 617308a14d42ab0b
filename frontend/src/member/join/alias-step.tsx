import { useState } from "preact/hooks";
import { m, number } from "../../lib/words/index.ts";
import { Choices, Field } from "../../ui/index.ts";
import { fieldWords } from "../../ui/trouble.tsx";
import type { Draft } from "./draft.ts";
import { StepFrame, type StepProps, Why } from "./step.tsx";

/** AliasStep: the name she wants to be called, and whether she is 18 if she likes to say. */
export function AliasStep({ draft, change, problem, onNext, onBack }: StepProps) {
	const age = number(18);
	const [missing, setMissing] = useState(false);
	function go(): void {
		const empty = !draft.alias.trim();
		setMissing(empty);
		if (!empty) onNext();
	}
	return (
		<StepFrame
			step="alias"
			title={m["join.title"]()}
			problem={problem}
			go={m["do.next"]()}
			onGo={go}
			onBack={onBack}
		>
			<p>{m["join.nothing"]()}</p>
			<div class="stack tight">
				<Field
					label={m["join.alias"]()}
					hint={<Why why={m["join.alias.why"]()} who={m["join.alias.who"]()} />}
					value={draft.alias}
					onInput={(alias) => change({ alias })}
					error={
						missing && !draft.alias.trim()
							? m["fault.registration.alias_missing"]()
							: fieldWords(problem, "alias")
					}
				/>
			</div>
			<Choices
				legend={m["join.age"]({ age })}
				hint={m["join.age.why"]()}
				layout="stack"
				choices={[
					{ value: "older", label: m["join.age.older"]({ age }) },
					{ value: "younger", label: m["join.age.younger"]() },
					{ value: "unsaid", label: m["join.age.unsaid"]() },
				]}
				value={draft.age}
				onChange={(said) => change({ age: said as Draft["age"] })}
			/>
		</StepFrame>
	);
}
