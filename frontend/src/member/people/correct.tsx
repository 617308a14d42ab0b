import { useEffect, useRef, useState } from "preact/hooks";
import type { GroupOfMine } from "../../lib/api/index.ts";
import { firstCalendar } from "../../lib/calendar/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Button, Field, Notice, Select } from "../../ui/index.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { correct, findPerson, type PersonAnswer } from "./api.ts";
import { birthOf, entryOf } from "./birth-entry.ts";
import { BirthField } from "./birth-field.tsx";
import { changeOf, type Written, writtenOf } from "./change.ts";
import { ConflictView } from "./conflict.tsx";
import { groupOptions } from "./groups.ts";

interface Props {
	answer: PersonAnswer;
	groups: readonly GroupOfMine[];
	/** With the person as she is now and what to say of it; null when nothing was done. */
	onDone: (now: PersonAnswer | null, words: string | null) => void;
}

/**
 * Correct mends what the old register had wrong. If another saved meanwhile,
 * both versions are laid side by side and nothing that was written is lost.
 */
export function Correct({ answer, groups, onDone }: Props) {
	const [base, setBase] = useState(answer);
	const [name, setName] = useState(answer.data.name);
	const [phone, setPhone] = useState(answer.data.phone ?? "");
	const [birth, setBirth] = useState(() => entryOf(answer.data.birth, firstCalendar()));
	const [group, setGroup] = useState(answer.data.group?.id ?? "");
	const [unfinished, setUnfinished] = useState(false);
	const [unchanged, setUnchanged] = useState(false);
	const [met, setMet] = useState<{ mine: Written; theirs: PersonAnswer } | null>(null);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);

	/** Saves what is written on top of what was seen last. */
	async function save(seen: PersonAnswer, mine: Written): Promise<void> {
		const change = changeOf(writtenOf(seen.data), mine);
		setUnchanged(change === null);
		if (!change) return;
		try {
			onDone(await correct(seen.data.id, change, seen.version), m["correct.kept"]());
		} catch (trouble) {
			if ((trouble as { status?: number }).status !== 412) throw trouble;
			setMet({ mine, theirs: await findPerson(seen.data.id) });
		}
	}
	const saving = useAct(async () => {
		const born = birthOf(birth);
		setUnfinished(born === null);
		if (born) await save(base, { name, phone, birth: born, group });
	});
	const settling = useAct(async (merged: Written) => {
		if (!met) return;
		const { theirs } = met;
		setBase(theirs);
		if (!changeOf(writtenOf(theirs.data), merged)) return onDone(theirs, null);
		await save(theirs, merged);
	});

	if (met) {
		return (
			<ConflictView
				key={met.theirs.version}
				base={writtenOf(base.data)}
				mine={met.mine}
				theirs={writtenOf(met.theirs.data)}
				groups={groups}
				settling={settling}
				onTakeTheirs={() => onDone(met.theirs, null)}
			/>
		);
	}
	const birthError = birth.precision === "year" ? m["birth.missingYear"]() : m["birth.missing"]();
	return (
		<form
			class="stack ruled"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void saving.run();
			}}
		>
			<div>
				<h3 ref={heading} tabIndex={-1}>
					{m["correct.title"]()}
				</h3>
				<p class="soft">{m["correct.why"]()}</p>
			</div>
			{answer.data.nameKind === "paper" && (
				<Field
					label={m["mine.legalName"]()}
					value={name}
					onInput={setName}
					maxLength={120}
					error={fieldWords(saving.problem, "name")}
				/>
			)}
			<Field
				label={m["mine.field.phone"]()}
				hint={m["correct.phone.hint"]()}
				type="tel"
				inputMode="tel"
				value={phone}
				onInput={setPhone}
				maxLength={40}
				error={fieldWords(saving.problem, "phone")}
			/>
			<BirthField
				entry={birth}
				onChange={setBirth}
				error={unfinished && !birthOf(birth) ? birthError : fieldWords(saving.problem, "birth")}
			/>
			<Select
				label={m["mine.field.group"]()}
				value={group}
				onChange={setGroup}
				error={fieldWords(saving.problem, "group")}
				options={[...(group ? [] : [{ value: "", label: m["answer.choose"]() }]), ...groupOptions(groups)]}
			/>
			<Trouble problem={saving.problem} />
			{unchanged && (
				<Notice tone="info" live>
					{m["correct.nothing"]()}
				</Notice>
			)}
			<div class="line">
				<Button type="submit" kind="primary" busy={saving.busy}>
					{m["do.keep"]()}
				</Button>
				<Button kind="quiet" onPress={() => onDone(null, null)}>
					{m["do.leave"]()}
				</Button>
			</div>
		</form>
	);
}
