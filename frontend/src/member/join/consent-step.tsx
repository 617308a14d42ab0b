import { useState } from "preact/hooks";
import { ConsentTick, findTexts, useChangedLanguage, useOldText } from "../../consent/index.ts";
import type { ConsentText, Problem } from "../../lib/api/index.ts";
import { useLoad } from "../../lib/page/index.ts";
import { language, m } from "../../lib/words/index.ts";
import { Busy, Field, Notice, Ready } from "../../ui/index.ts";
import { fieldWords } from "../../ui/trouble.tsx";
import type { Draft } from "./draft.ts";
import { StepFrame, type StepProps, Why } from "./step.tsx";

type Props = Omit<StepProps, "onNext"> & {
	busy: boolean;
	onSend: (texts: readonly ConsentText[]) => void;
};

/** ConsentStep: one yes at a time, and a phone number only if she wishes. */
export function ConsentStep({ draft, change, problem, busy, onSend, onBack }: Props) {
	const texts = useLoad(() => findTexts(language.peek()), [language.value]);
	const [tried, setTried] = useState(false);
	const changed = useChangedLanguage(() => change({ ticks: {} }));
	const missing = tried && texts.data ? missingTick(texts.data, draft) : null;

	useOldText(problem, () => {
		change({ ticks: {} });
		texts.reload();
	});

	function go(): void {
		setTried(true);
		if (texts.data && !missingTick(texts.data, draft)) onSend(texts.data);
	}
	const tick = (purpose: string) => (yes: boolean) => change({ ticks: { ...draft.ticks, [purpose]: yes } });

	return (
		<StepFrame
			step="consent"
			title={m["join.consent.title"]()}
			problem={problem}
			go={m["do.send"]()}
			busy={busy}
			onGo={go}
			onBack={onBack}
		>
			<p class="soft">
				{m["join.consent.each"]()} {m["consent.noCost"]()}
			</p>
			{changed && <Notice tone="info">{m["join.consent.changed"]()}</Notice>}
			<Ready of={texts}>
				{(all) => (
					<>
						{all
							.filter((text) => text.purpose !== "coordinator_phone")
							.map((text) => (
								<ConsentTick
									key={text.purpose}
									text={text}
									checked={draft.ticks[text.purpose] ?? false}
									onChange={tick(text.purpose)}
									error={errorOf(text, missing, problem)}
								/>
							))}
						<section class="card stack">
							<Field
								label={m["join.phone"]()}
								hint={<Why why={m["join.phone.empty"]()} who={m["join.phone.who"]()} />}
								type="tel"
								value={draft.phone}
								onInput={(phone) => change({ phone })}
								error={fieldWords(problem, "phone")}
							/>
							{all
								.filter((text) => text.purpose === "coordinator_phone")
								.map((text) => (
									<ConsentTick
										key={text.purpose}
										text={text}
										checked={draft.ticks[text.purpose] ?? false}
										onChange={tick(text.purpose)}
										error={errorOf(text, missing, problem)}
									/>
								))}
						</section>
					</>
				)}
			</Ready>
			<Notice tone="info">{m["consent.limits"]()}</Notice>
			<Busy when={busy} />
		</StepFrame>
	);
}

/** The code of what is still missing, with the purpose it belongs to. */
function missingTick(texts: readonly ConsentText[], draft: Draft): { purpose: string; code: string } | null {
	const needed = texts.find((text) => !text.optional && !draft.ticks[text.purpose]);
	if (needed) return { purpose: needed.purpose, code: "registration.consent_missing" };
	if (draft.phone.trim() && !draft.ticks.coordinator_phone) {
		return { purpose: "coordinator_phone", code: "registration.phone_consent_missing" };
	}
	return null;
}

function errorOf(
	text: ConsentText,
	missing: { purpose: string; code: string } | null,
	problem: Problem | null,
): string | null {
	const words =
		text.purpose === "coordinator_phone"
			? m["fault.registration.phone_consent_missing"]
			: m["fault.registration.consent_missing"];
	if (missing?.purpose === text.purpose) return words();
	const code =
		text.purpose === "coordinator_phone"
			? "registration.phone_consent_missing"
			: "registration.consent_missing";
	return problem?.fields.some((f) => f.code === code) ? words() : null;
}
