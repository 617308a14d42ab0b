import { useRef, useState } from "preact/hooks";
import {
	ConsentTick,
	findTexts,
	given,
	type Ticks,
	useChangedLanguage,
	useOldText,
} from "../../consent/index.ts";
import { Intention } from "../../lib/api/index.ts";
import { useAct, useLoad } from "../../lib/page/index.ts";
import { language, m } from "../../lib/words/index.ts";
import { Button, Field, Heading, Ready, Tick } from "../../ui/index.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { type CarriedItem, writeDown } from "./api.ts";
import { type Guardian, GuardianPart, guardianOf, noGuardian } from "./guardian-part.tsx";
import { ListedPart } from "./listed-part.tsx";
import type { Said } from "./outcome.ts";
import { questionsFor } from "./questions.ts";

interface Props {
	person: CarriedItem;
	onClose: () => void;
	onDone: (said: Said) => void;
}

/** AskOne reads the texts to one woman, each with a tick of its own, and keeps what she says. */
export function AskOne({ person, onClose, onDone }: Props) {
	const texts = useLoad(
		async () => [
			...(await findTexts(language.value, "joining")),
			...(await findTexts(language.value, "own")),
		],
		[language.value],
	);
	const [ticks, setTicks] = useState<Ticks>({});
	const [alias, setAlias] = useState("");
	const [guardian, setGuardian] = useState<Guardian>(noGuardian);
	const [erasing, setErasing] = useState(false);
	const [no, setNo] = useState(false);
	const [listed, setListed] = useState<boolean | null>(null);
	const [tried, setTried] = useState(false);
	const changed = useChangedLanguage(() => setTicks({}));
	const intention = useRef(new Intention()).current;
	const questions = questionsFor(texts.data ?? [], person.held);
	const yes = ticks.membership === true;

	const keeping = useAct(async (erase: boolean) => {
		setTried(true);
		if (!erase && (yes ? person.young && listed === null : !no)) return;
		const says = yes && !erase;
		const said = await writeDown(
			person.id,
			{
				answers: says ? given(questions, ticks).map((one) => ({ ...one, heard: true })) : [],
				how: "in_person",
				language: language.value,
				...(says && alias.trim() && { alias: alias.trim() }),
				...(erase && { erase }),
				...(says && person.young && { guardian: guardianOf(guardian), listed: listed === true }),
			},
			intention,
		);
		onDone(said);
	});
	useOldText(keeping.problem, () => {
		setTicks({});
		texts.reload();
	});

	return (
		<section class="card stack">
			<Heading>{person.name}</Heading>
			<p class="soft">{m["carry.one"]()}</p>
			<p>{m["consent.noCost"]()}</p>
			{changed && <p class="soft">{m["carry.language"]()}</p>}
			<Ready of={texts} rows={3}>
				{() => (
					<>
						{questions.map((text) => (
							<ConsentTick
								key={text.purpose}
								text={text}
								checked={ticks[text.purpose] === true}
								onChange={(on) => {
									setTicks({ ...ticks, [text.purpose]: on });
									if (on) setNo(false);
								}}
							/>
						))}
						{yes && (
							<Field
								label={m["carry.alias"]()}
								hint={m["carry.alias.hint"]()}
								value={alias}
								onInput={setAlias}
								maxLength={60}
							/>
						)}
						{yes && person.young && (
							<>
								<GuardianPart value={guardian} onChange={setGuardian} problem={keeping.problem} />
								<ListedPart
									value={listed}
									onChange={setListed}
									error={tried && listed === null ? m["carry.decide.choose"]() : null}
								/>
							</>
						)}
						{!yes && (
							<Tick
								checked={no}
								onChange={(on) => {
									setNo(on);
									if (on) setTicks({});
								}}
								error={tried && !no ? m["carry.decide.choose"]() : null}
							>
								{m["carry.keepNo"]()}
							</Tick>
						)}
						<Trouble problem={keeping.problem} />
						<Button
							kind={yes || no ? "primary" : "plain"}
							wide
							busy={keeping.busy}
							onPress={() => void keeping.run(false)}
						>
							{m["carry.keepYes"]()}
						</Button>
						{!yes && !erasing && (
							<Button kind="quiet" wide onPress={() => setErasing(true)}>
								{m["carry.erase"]()}
							</Button>
						)}
						{!yes && erasing && (
							<>
								<p>{m["carry.erase.sure"]()}</p>
								<Button kind="stop" wide busy={keeping.busy} onPress={() => void keeping.run(true)}>
									{m["carry.erase.now"]()}
								</Button>
							</>
						)}
						<Button kind="quiet" wide onPress={onClose}>
							{m["do.leave"]()}
						</Button>
					</>
				)}
			</Ready>
		</section>
	);
}
