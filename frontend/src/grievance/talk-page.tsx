import { useRef, useState } from "preact/hooks";
import { beforeRead } from "../lib/exit/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { Before } from "../ui/before.tsx";
import { AboutStep } from "./about-step.tsx";
import { findForm, sendTalk } from "./api.ts";
import { type Draft, emptyDraft, type Step, talkOf } from "./draft.ts";
import { ReceiptStep } from "./receipt-step.tsx";
import { Sender } from "./sending.ts";
import { TopicStep } from "./topic-step.tsx";
import type { TalkForm, TalkSent } from "./types.ts";
import { WriteStep } from "./write-step.tsx";

/**
 * TalkPage leads through speaking up, for anyone, signed in or not. All steps
 * have one address and one history entry, and nothing of it is kept on the
 * phone: what she wrote goes with the page.
 */
export default function TalkPage() {
	const [step, setStep] = useState<Step>(beforeRead() ? "topic" : "before");
	const [draft, setDraft] = useState<Draft>(emptyDraft);
	const [done, setDone] = useState<{ sent: TalkSent; unsent: string | null } | null>(null);
	const form = useLoad(findForm);
	const { sending, waiting } = useSending(form.data, draft, (sent, unsent) => {
		setDone({ sent, unsent });
		setDraft(emptyDraft);
		setStep("receipt");
	});
	const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));

	if (step === "before") return <Before onUnderstood={() => setStep("topic")} />;
	if (step === "receipt" && done) return <ReceiptStep {...done} />;
	const category = form.data?.categories.find(({ key }) => key === draft.category);
	if (step === "topic" || !form.data || !category) {
		return <TopicStep form={form} draft={draft} change={change} onNext={() => setStep("about")} />;
	}
	const at = { form: form.data, category, draft, change };
	if (step === "about") {
		return <AboutStep {...at} onNext={() => setStep("write")} onBack={() => setStep("topic")} />;
	}
	return (
		<WriteStep
			{...at}
			problem={sending.problem}
			busy={sending.busy}
			waiting={waiting}
			onSend={sending.run}
			onBack={() => {
				sending.clear();
				setStep("about");
			}}
		/>
	);
}

/** useSending sends the draft under the form's token; `waiting` while the form is still too young. */
function useSending(
	form: TalkForm | null,
	draft: Draft,
	onSent: (sent: TalkSent, unsent: string | null) => void,
) {
	const [waiting, setWaiting] = useState(false);
	const sender = useRef<Sender | null>(null);

	async function wait(seconds: number): Promise<void> {
		setWaiting(true);
		await new Promise((done) => setTimeout(done, seconds * 1000));
		setWaiting(false);
	}
	const sending = useAct(async () => {
		const category = form?.categories.find(({ key }) => key === draft.category);
		if (!form || !category) return;
		sender.current ??= new Sender(form.token, { post: sendTalk, form: findForm, wait });
		const { answer, changedSince } = await sender.current.send(talkOf(draft, category));
		sender.current = null;
		onSent(answer, changedSince ? draft.text.trim() : null);
	});
	return { sending, waiting };
}
