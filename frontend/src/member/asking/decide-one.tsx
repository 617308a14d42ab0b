import { useRef, useState } from "preact/hooks";
import { Intention } from "../../lib/api/index.ts";
import { firstCalendar } from "../../lib/calendar/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Button, Choices, Field, FieldError, Heading, Select, Tick } from "../../ui/index.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { birthOf, entryOf } from "../people/birth-entry.ts";
import { BirthField } from "../people/birth-field.tsx";
import type { Option } from "../people/groups.ts";
import { type CarriedItem, decide, keepBirth, lookAgain, sayNotNow } from "./api.ts";
import { type Guardian, GuardianPart, guardianOf, noGuardian } from "./guardian-part.tsx";
import { ListedPart } from "./listed-part.tsx";
import type { Said } from "./outcome.ts";

type Way = "yes" | "no" | "again" | "birth";

interface Props {
	person: CarriedItem;
	/** All groups of the organisation, for one who didn't know hers. */
	groups: readonly Option[];
	onClose: () => void;
	onDone: (said: Said) => void;
}

/** DecideOne keeps what the focal point decided with somebody under 18 who came in herself, or on whom it was decided before. */
export function DecideOne({ person, groups, onClose, onDone }: Props) {
	const [way, setWay] = useState<Way | null>(null);
	const [own, setOwn] = useState(false);
	const [guardian, setGuardian] = useState<Guardian>(noGuardian);
	const [listed, setListed] = useState<boolean | null>(person.decided ? person.listed : null);
	const [group, setGroup] = useState("");
	const [words, setWords] = useState("");
	const [birth, setBirth] = useState(() => entryOf({ precision: "unknown" }, firstCalendar()));
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const told = birth.precision === "unknown" ? null : birthOf(birth);
	const unsure = person.kind === "applied" && person.groupUnsure;
	const ready: Record<Way, boolean> = {
		yes: own && listed !== null && (!unsure || group !== ""),
		no: true,
		again: listed !== null,
		birth: told !== null,
	};

	const keeping = useAct(async () => {
		setTried(true);
		if (!way || !ready[way]) return;
		if (way === "no") await sayNotNow(person.id, words.trim(), intention);
		else if (way === "birth") await keepBirth(person.id, told ?? { precision: "unknown" }, intention);
		else if (way === "again") {
			await lookAgain(person.id, { ...guardianOf(guardian), listed: listed === true }, intention);
		} else {
			const body = { agrees: own, guardian: guardianOf(guardian), listed: listed === true };
			await decide(person.id, { ...body, ...(unsure && { group }) }, intention);
		}
		onDone({ state: way === "no" ? "declined" : way === "birth" ? "birth" : "decided" });
	});
	const missing = (is: boolean) => (tried && is ? m["carry.decide.choose"]() : null);

	return (
		<section class="card stack">
			<Heading>{person.name}</Heading>
			<p class="soft">{m["carry.decide.what"]()}</p>
			<Choices
				legend={m["carry.decide.what.choose"]()}
				layout="stack"
				choices={waysOf(person)}
				value={way}
				onChange={(value) => setWay(value as Way)}
				error={missing(way === null)}
			/>
			{way === "yes" && (
				<Tick checked={own} onChange={setOwn} error={missing(!own)}>
					{m["carry.decide.own"]()}
				</Tick>
			)}
			{(way === "yes" || way === "again") && (
				<>
					<GuardianPart value={guardian} onChange={setGuardian} problem={keeping.problem} />
					<ListedPart value={listed} onChange={setListed} error={missing(listed === null)} />
				</>
			)}
			{way === "yes" && unsure && (
				<div class="stack tight">
					<Select
						label={m["carry.decide.group"]()}
						value={group}
						onChange={setGroup}
						options={[{ value: "", label: m["birth.choose"]() }, ...groups]}
					/>
					{tried && group === "" && <FieldError>{m["fault.member.group_missing"]()}</FieldError>}
				</div>
			)}
			{way === "no" && (
				<>
					<Field
						label={m["answer.words"]()}
						hint={m["answer.words.hint"]()}
						lines={4}
						maxLength={600}
						value={words}
						onInput={setWords}
						error={fieldWords(keeping.problem, "words")}
					/>
					<p>{m["carry.decide.offline"]()}</p>
				</>
			)}
			{way === "birth" && <BirthField entry={birth} onChange={setBirth} error={missing(told === null)} />}
			<Trouble problem={keeping.problem} />
			<Button kind={way ? "primary" : "plain"} wide busy={keeping.busy} onPress={() => void keeping.run()}>
				{m["carry.decide.keep"]()}
			</Button>
			<Button kind="quiet" wide onPress={onClose}>
				{m["do.leave"]()}
			</Button>
		</section>
	);
}

function waysOf({ kind, decided }: CarriedItem): { value: Way; label: string }[] {
	const birth = { value: "birth" as const, label: m["carry.decide.birth"]() };
	if (decided) return [{ value: "again", label: m["carry.decide.again"]() }, birth];
	if (kind === "member") return [{ value: "yes", label: m["carry.decide.stays"]() }, birth];
	return [
		{ value: "yes", label: m["carry.decide.yes"]() },
		{ value: "no", label: m["carry.decide.no"]() },
		birth,
	];
}
