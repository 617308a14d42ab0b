import { useState } from "preact/hooks";
import type { Organisation } from "../../lib/api/index.ts";
import { useLoad } from "../../lib/page/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { findOrganisation } from "../../organisation/index.ts";
import { type Choice, Choices, Ready } from "../../ui/index.ts";
import { ear, pin } from "../../ui/pictures.ts";
import { fieldWords } from "../../ui/trouble.tsx";
import { noGroup } from "./draft.ts";
import { StepFrame, type StepProps, Why } from "./step.tsx";

/** GroupStep: the group near her, or that she does not know. */
export function GroupStep({ draft, change, problem, onNext, onBack }: StepProps) {
	const organisation = useLoad(findOrganisation);
	const [missing, setMissing] = useState(false);
	function go(): void {
		setMissing(!draft.group);
		if (draft.group) onNext();
	}
	return (
		<StepFrame
			step="group"
			title={m["join.group"]()}
			problem={problem}
			go={m["do.next"]()}
			onGo={go}
			onBack={onBack}
		>
			<Why why={m["join.group.why"]()} who={m["join.group.who"]()} />
			<Ready of={organisation}>
				{(found) => (
					<Choices
						legend={m["join.group"]()}
						legendHidden
						choices={choices(found.groups)}
						value={draft.group}
						onChange={(group) => change({ group })}
						error={missing && !draft.group ? m["join.groupMissing"]() : fieldWords(problem, "group")}
					/>
				)}
			</Ready>
		</StepFrame>
	);
}

// She belongs to a group near her: those that only gather others are left out.
function choices(groups: Organisation["groups"]): Choice[] {
	const gathering = new Set(groups.map((group) => group.parent));
	const near = groups.filter((group) => !gathering.has(group.id));
	return [
		// First, so that it is seen without moving the page: not knowing is no hindrance.
		{ value: noGroup, label: m["join.groupUnknown"](), picture: ear, hint: m["join.groupUnknown.hint"]() },
		...near.map((group) => ({ value: group.id, label: localised(group.name), picture: pin })),
	];
}
