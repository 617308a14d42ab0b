import { useEffect, useState } from "preact/hooks";
import { ConsentTick, findTexts, given, useOldText } from "../consent/index.ts";
import type { Answer } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { language, m, number } from "../lib/words/index.ts";
import { Busy, Button, Choices, Form, Notice, Ready, Select, Tick } from "../ui/index.ts";
import { Said } from "../ui/said.tsx";
import { Ticks } from "../ui/ticks.tsx";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { keepHours } from "./api.ts";
import { inOrder, sameHours, spanFaults } from "./hours.ts";
import { isSpoken, languageName, spokenLanguages } from "./languages.ts";
import type { Hours } from "./types.ts";
import { WeekSpans } from "./week-spans.tsx";

interface Props {
	stored: Answer<Hours>;
	onKept: (now: Answer<Hours>) => void;
	/** Asks for what is stored; what is typed stays. */
	look: () => void;
	/** Throws away what is typed and asks for what is stored. */
	reload: () => void;
}

const lengths = [30, 45, 60] as const;
const caps = Array.from({ length: 20 }, (_, i) => i + 1);

/** HoursEditor holds a supporter's week while she changes it; nothing goes out before she presses "keep". */
export function HoursEditor({ stored, onKept, look, reload }: Props) {
	const [draft, setDraft] = useState<Hours>(stored.data);
	const [agrees, setAgrees] = useState(false);
	const [tried, setTried] = useState(false);
	const [kept, setKept] = useState(0);
	const change = (part: Partial<Hours>) => setDraft((now) => ({ ...now, ...part }));

	const asking = !stored.data.agreed;
	const texts = useLoad(
		async () => (asking ? findTexts(language.peek(), "hours") : []),
		[asking, language.value],
	);
	useEffect(() => setAgrees(false), [language.value]);

	const faults = spanFaults(draft.spans, draft.length);
	// Hours begin with the yes; one that she took back later keeps nobody from changing them.
	const needed = asking && /^"?1"?$/.test(stored.version ?? "");
	const unasked = needed && !agrees;
	const keeping = useAct(async () => {
		const consents = given(texts.data ?? [], { supporter_name: agrees });
		const body = {
			spans: inOrder(draft.spans),
			length: lengthOf(draft.length),
			cap: draft.cap,
			languages: draft.languages.filter(isSpoken),
			paused: draft.paused,
			...(consents.length > 0 && { consents }),
		};
		change({ spans: body.spans });
		const now = await keepHours(body, stored.version);
		setDraft(now.data);
		setTried(false);
		setKept((n) => n + 1);
		onKept(now);
	});
	useOldText(keeping.problem, () => {
		setAgrees(false);
		texts.reload();
	});
	function keep(): void {
		setTried(true);
		if (faults.size === 0 && !unasked) void keeping.run();
	}
	const { problem } = keeping;
	const changed = !sameHours(draft, stored.data);

	return (
		<Form class="stack wide-gap" onSend={keep}>
			<section class="stack">
				<div>
					<h2>{m["peer.hours"]()}</h2>
					<p class="soft">{m["hours.lead"]()}</p>
				</div>
				<WeekSpans
					spans={draft.spans}
					onChange={(spans) => change({ spans })}
					errorOf={(i) => spanError(faults.get(i)) ?? fieldWords(problem, `spans[${i}]`)}
				/>
			</section>
			<section class="card stack">
				<Choices
					legend={m["hours.length"]()}
					layout="stack"
					choices={lengths.map((length) => ({
						value: String(length),
						label: m["meet.minutes"]({ count: number(length) }),
					}))}
					value={String(draft.length)}
					onChange={(value) => change({ length: lengthOf(Number(value)) })}
				/>
				<Select
					label={m["hours.cap"]()}
					value={String(draft.cap)}
					onChange={(value) => change({ cap: Number(value) })}
					options={caps.map((cap) => ({ value: String(cap), label: m["peer.cap"]({ count: number(cap) }) }))}
					error={fieldWords(problem, "cap")}
				/>
				<Ticks
					legend={m["hours.languages"]()}
					layout="slots"
					choices={spokenLanguages.map((code) => ({ value: code, label: languageName(code) }))}
					ticked={draft.languages}
					onChange={(languages) => change({ languages })}
					error={fieldWords(problem, "languages")}
				/>
			</section>
			<section class="card stack">
				<h2>{m["hours.break"]()}</h2>
				<Tick checked={draft.paused} onChange={(paused) => change({ paused })}>
					{m["hours.break.on"]()}
				</Tick>
				<p class="soft">{m["hours.break.what"]()}</p>
			</section>
			{asking && (
				<section class="stack">
					<p>{m["hours.agree"]()}</p>
					<Ready of={texts} rows={1}>
						{(all) =>
							all.map((text) => (
								<ConsentTick
									key={text.purpose}
									text={text}
									checked={agrees}
									onChange={setAgrees}
									error={tried && unasked ? m["fault.support.name_needed"]() : null}
								/>
							))
						}
					</Ready>
				</section>
			)}
			<section class="stack">
				{tried && (faults.size > 0 || unasked) && (
					<Notice tone="bad" live>
						{m["err.invalid"]()}
					</Notice>
				)}
				<Trouble problem={problem} />
				{kept > 0 && !changed && !problem && (
					<Said key={kept}>{draft.paused ? m["hours.savedPaused"]() : m["hours.saved"]()}</Said>
				)}
				<p class="soft" role="status">
					{changed && m["hours.unsaved"]()}
				</p>
				{problem?.status === 412 ? (
					<>
						<Button
							key="mine"
							wide
							onPress={() => {
								keeping.clear();
								look();
							}}
						>
							{m["hours.mine"]()}
						</Button>
						<Button key="again" kind="quiet" wide onPress={reload}>
							{m["hours.theirs"]()}
						</Button>
					</>
				) : (
					<Button key="keep" kind="primary" type="submit" wide busy={keeping.busy}>
						{m["do.keep"]()}
					</Button>
				)}
				<Busy when={keeping.busy} />
			</section>
		</Form>
	);
}

function lengthOf(minutes: number): (typeof lengths)[number] {
	return lengths.find((one) => one === minutes) ?? 60;
}

function spanError(fault: "order" | "overlap" | "short" | undefined): string | null {
	if (fault === "order") return m["hours.order"]();
	if (fault === "overlap") return m["hours.overlap"]();
	return fault === "short" ? m["hours.short"]() : null;
}
