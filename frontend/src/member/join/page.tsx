import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { chosen, enter, homeOf } from "../../account/index.ts";
import { given } from "../../consent/index.ts";
import { api, type ConsentText, Intention } from "../../lib/api/index.ts";
import { asProblem, useAct } from "../../lib/page/index.ts";
import { language } from "../../lib/words/index.ts";
import { Before } from "../../ui/before.tsx";
import { AliasStep } from "./alias-step.tsx";
import { ConsentStep } from "./consent-step.tsx";
import { Done } from "./done.tsx";
import { type Draft, emptyDraft, noGroup, type Step, stepOf } from "./draft.ts";
import { GroupStep } from "./group-step.tsx";
import { WordsStep } from "./words-step.tsx";

/**
 * Join leads through becoming a member. All steps have one address and leave
 * one history entry. What she typed stays while she goes back and forth and
 * when sending fails.
 */
export default function Join() {
	const { route } = useLocation();
	const [step, setStep] = useState<Step>("before");
	const [draft, setDraft] = useState<Draft>(emptyDraft);
	const [handle, setHandle] = useState("");
	const intention = useRef(new Intention()).current;
	const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));

	const sending = useAct(async (texts: readonly ConsentText[]) => {
		try {
			const body = registration(draft, texts);
			const { data } = await api.post("/api/registrations", { body, intention });
			setHandle(data.handle);
			setStep("done");
		} catch (trouble) {
			const problem = asProblem(trouble);
			if (problem.kind === "refused" && problem.status === 422) setStep(stepOf(problem));
			throw problem;
		}
	});
	const opening = useAct(async () => {
		const who = await enter(handle, chosen(draft.phrase).passphrase);
		setDraft(emptyDraft);
		route(homeOf(who), true);
	});

	const at = { draft, change, problem: sending.problem };
	switch (step) {
		case "before":
			return <Before onUnderstood={() => setStep("alias")} />;
		case "alias":
			return <AliasStep {...at} onNext={() => setStep("group")} onBack={() => setStep("before")} />;
		case "group":
			return <GroupStep {...at} onNext={() => setStep("words")} onBack={() => setStep("alias")} />;
		case "words":
			return <WordsStep {...at} onNext={() => setStep("consent")} onBack={() => setStep("group")} />;
		case "consent":
			return <ConsentStep {...at} busy={sending.busy} onSend={sending.run} onBack={() => setStep("words")} />;
		case "done":
			return <Done handle={handle} opening={opening} />;
	}
}

function registration(draft: Draft, texts: readonly ConsentText[]) {
	const phone = draft.phone.trim();
	// A yes to showing a number that is not there would be a yes to nothing.
	const asked = phone ? texts : texts.filter((text) => text.purpose !== "coordinator_phone");
	return {
		alias: draft.alias.trim(),
		group: draft.group === noGroup ? null : draft.group,
		...(phone && { phone }),
		...(draft.age && { age: draft.age }),
		language: language.peek(),
		...chosen(draft.phrase),
		consents: given(asked, draft.ticks),
	};
}
