import { useRef, useState } from "preact/hooks";
import { has, roleWords } from "../account/index.ts";
import { Listen, purposeWords } from "../consent/index.ts";
import { Intention, type LanguageCode } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Button, Dialog, Notice } from "../ui/index.ts";
import { pen, plus } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { TextEditor } from "./text-editor.tsx";
import { TextRecording } from "./text-recording.tsx";
import { type DraftText, draftHeardAt, dropText, releaseText, type Sides, textLanguages } from "./texts.ts";

interface Props {
	side: Sides;
	/** Asks for what is stored; what is typed stays. */
	reload: () => void;
	/** Something was done, in words. */
	onChanged: (words: string) => void;
}

const spoken = { ne: m["texts.in.ne"], en: m["texts.in.en"], nb: m["texts.in.nb"] };

/** TextSides lays the text that is asked now beside its draft, language by language. */
export function TextSides({ side, reload, onChanged }: Props) {
	const { draft, released } = side;
	const [writing, setWriting] = useState(false);
	const writes = has("focalPoint", "administrator");
	return (
		<>
			<p class="soft">
				{released
					? m["texts.released"]({ date: dayWords(released.day), role: roleWords(released.by) })
					: m["texts.given"]()}
				{side.validMonths > 0 && <> · {m["texts.holds"]({ count: number(side.validMonths) })}</>}
				{draft && (
					<>
						<br />
						{m["texts.draft"]()}:{" "}
						{m["texts.drafted"]({
							date: dayWords(draft.day),
							role: roleWords(draft.draftedBy),
							changed: roleWords(draft.changedBy),
						})}
					</>
				)}
			</p>
			{textLanguages.map((language) => (
				<section key={language} class="stack tight ruled">
					<h3>{spoken[language]()}</h3>
					<div class={draft && !writing ? "sides" : ""}>
						<div class="stack tight">
							<p class="soft">{m["texts.inForce"]()}</p>
							<p lang={language}>{side.texts[language]}</p>
							{side.recordings.some((one) => one.language === language) && (
								<Listen
									from={`/api/consent-texts/recordings/${side.purpose}/${side.version}/${language}`}
									name={`${purposeWords(side.purpose)}, ${m["texts.inForce"]()}`}
								/>
							)}
						</div>
						{draft && !writing && (
							<Drafted
								draft={draft}
								language={language}
								name={`${purposeWords(side.purpose)}, ${m["texts.draft"]()}`}
								writes={writes}
								reload={reload}
							/>
						)}
					</div>
				</section>
			))}
			{writing ? (
				<TextEditor
					side={side}
					reload={reload}
					onDone={(words) => {
						setWriting(false);
						if (words) onChanged(words);
					}}
				/>
			) : (
				<div class="line">
					{writes && (
						<Button picture={draft ? pen : plus} onPress={() => setWriting(true)}>
							{draft ? m["do.change"]() : m["texts.write"]()}
							<span class="sr">: {purposeWords(side.purpose)}</span>
						</Button>
					)}
					{draft && <Deciding draft={draft} reload={reload} onChanged={onChanged} />}
				</div>
			)}
		</>
	);
}

interface DraftedProps {
	draft: DraftText;
	language: LanguageCode;
	name: string;
	writes: boolean;
	reload: () => void;
}

function Drafted({ draft, language, name, writes, reload }: DraftedProps) {
	const recording = draft.recordings.find((one) => one.language === language);
	return (
		<div class="stack tight">
			<p class="soft">{m["texts.draft"]()}</p>
			<p lang={language}>{draft.texts[language]}</p>
			{recording && (
				<>
					<Listen key={draft.revision} from={draftHeardAt(draft, language)} name={name} />
					<p class="soft">{m["texts.record.length"]({ count: number(recording.seconds) })}</p>
				</>
			)}
			{writes && (
				<TextRecording draft={draft} language={language} there={recording !== undefined} reload={reload} />
			)}
		</div>
	);
}

/** Deciding releases a draft, by whoever may, or gives it up; each is asked once more. */
function Deciding({ draft, reload, onChanged }: Omit<Props, "side"> & { draft: DraftText }) {
	const [asks, setAsks] = useState<"release" | "drop" | null>(null);
	const intention = useRef(new Intention()).current;
	const acting = useAct(async () => {
		try {
			if (asks === "release") await releaseText(draft, intention);
			else await dropText(draft, intention);
		} catch (trouble) {
			// Somebody changed it meanwhile: what is there now is to be read first.
			if ([409, 412].includes((trouble as { status?: number }).status ?? 0)) reload();
			throw trouble;
		}
		setAsks(null);
		onChanged(asks === "release" ? m["texts.release.done"]() : m["texts.drop.done"]());
	});
	const ask = (what: "release" | "drop" | null) => {
		acting.clear();
		setAsks(what);
	};
	const words = asks === "drop" ? m["texts.drop"]() : m["texts.release"]();
	return (
		<>
			{draft.mayRelease ? (
				<Button kind="primary" onPress={() => ask("release")}>
					{m["texts.release"]()}
				</Button>
			) : (
				<Notice tone="info">{m["texts.release.other"]()}</Notice>
			)}
			<Button kind="quiet" onPress={() => ask("drop")}>
				{m["texts.drop"]()}
			</Button>
			<Dialog
				open={asks !== null}
				title={asks === "drop" ? m["texts.drop.ask"]() : m["texts.release.ask"]()}
				onClose={() => ask(null)}
			>
				{asks === "release" && <p>{m["texts.release.read"]()}</p>}
				<Trouble problem={acting.problem} />
				<Button wide kind={asks === "drop" ? "stop" : "primary"} busy={acting.busy} onPress={acting.run}>
					{words}
				</Button>
				<Button wide kind="quiet" onPress={() => ask(null)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}
