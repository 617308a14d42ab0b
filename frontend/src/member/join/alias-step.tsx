import { useState } from "preact/hooks";
import { m } from "../../lib/words/index.ts";
import { Field } from "../../ui/index.ts";
import { fieldWords } from "../../ui/trouble.tsx";
import { StepFrame, type StepProps, Why } from "./step.tsx";

/** AliasStep: the name she wants to be called. */
export function AliasStep({ draft, change, problem, onNext, onBack }: StepProps) {
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
		</StepFrame>
	);
}
