import { useEffect, useRef, useState } from "preact/hooks";
import { api, type Me } from "../../lib/api/index.ts";
import { firstCalendar } from "../../lib/calendar/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { districtOptions } from "../../lib/place/index.ts";
import { languages, m, ownName } from "../../lib/words/index.ts";
import { Button, Choices, Field, Form, Select } from "../../ui/index.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { entryOf } from "../people/birth-entry.ts";
import { BirthField } from "../people/birth-field.tsx";
import { fieldName } from "./field-names.ts";
import {
	type Changeable,
	changeOf,
	isLasting,
	type OwnChange,
	type OwnEntry,
	removalOf,
	sentAs,
} from "./own-change.ts";
import type { Mine } from "./page.tsx";

interface Props {
	field: Changeable;
	mine: Mine;
	/** With how it is now; null when nothing was changed. */
	onDone: (now: Mine | null) => void;
	reload: () => void;
}

/** ChangeOwn puts one thing right that is held of her, or takes it away. */
export function ChangeOwn({ field, mine, onDone, reload }: Props) {
	const [entry, setEntry] = useState<OwnEntry>(() => entryFrom(mine.data, field));
	const [missing, setMissing] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const saving = useAct(async (body: OwnChange) => {
		onDone(await api.patch("/api/me", { body, version: mine.version }));
	});
	const kept = mine.data.held.some((held) => held.field === field);
	const stale = saving.problem?.status === 412;

	function send(): void {
		const change = changeOf(field, entry);
		setMissing(change === null);
		if (change) void saving.run(change);
	}
	function lookAgain(): void {
		saving.clear();
		reload();
	}
	return (
		<Form class="card stack" onSend={send}>
			<h3 class="sr" ref={heading} tabIndex={-1}>
				{fieldName(field)}
			</h3>
			<Trouble problem={saving.problem} />
			<Entry
				field={field}
				entry={entry}
				onChange={setEntry}
				error={
					missing && !changeOf(field, entry) ? missingWords(field) : fieldWords(saving.problem, sentAs[field])
				}
			/>
			<div class="line">
				{stale ? (
					// Two buttons, not one that turns into the other: the press on this one must not send.
					<Button key="again" onPress={lookAgain}>
						{m["state.again"]()}
					</Button>
				) : (
					<Button key="keep" type="submit" kind="primary" busy={saving.busy}>
						{m["do.keep"]()}
					</Button>
				)}
				{!isLasting(field) && kept && !stale && (
					<Button kind="quiet" busy={saving.busy} onPress={() => void saving.run(removalOf(field))}>
						{m["own.takeAway"]()}
					</Button>
				)}
				<Button kind="quiet" onPress={() => onDone(null)}>
					{m["do.leave"]()}
				</Button>
			</div>
		</Form>
	);
}

interface EntryProps {
	field: Changeable;
	entry: OwnEntry;
	onChange: (entry: OwnEntry) => void;
	error: string | null;
}

function Entry({ field, entry, onChange, error }: EntryProps) {
	const text = { value: entry.text, error };
	const write = (text: string) => onChange({ ...entry, text });
	switch (field) {
		case "alias":
			return <Field label={m["mine.alias.new"]()} hint={m["join.alias.who"]()} onInput={write} {...text} />;
		case "paper_name":
			return (
				<Field
					label={m["mine.legalName"]()}
					hint={m["own.onlyYou"]()}
					maxLength={120}
					onInput={write}
					{...text}
				/>
			);
		case "phone":
			return (
				<Field
					label={m["mine.field.phone"]()}
					hint={m["own.phone.who"]()}
					type="tel"
					inputMode="tel"
					maxLength={40}
					onInput={write}
					{...text}
				/>
			);
		case "birth":
			return (
				<>
					<p class="soft">{m["own.onlyYou"]()}</p>
					<BirthField entry={entry.birth} onChange={(birth) => onChange({ ...entry, birth })} error={error} />
				</>
			);
		case "district":
			return (
				<Select
					label={m["mine.field.district"]()}
					hint={m["own.onlyYou"]()}
					onChange={write}
					options={[{ value: "", label: m["birth.choose"]() }, ...districtOptions()]}
					{...text}
				/>
			);
		case "language":
			return (
				<Choices
					legend={m["mine.field.language"]()}
					layout="slots"
					onChange={write}
					choices={languages.map((code) => ({
						value: code,
						label: <span lang={code}>{ownName[code]}</span>,
					}))}
					{...text}
				/>
			);
	}
}

function missingWords(field: Changeable): string {
	return field === "birth" ? m["birth.missing"]() : m["err.required"]();
}

function entryFrom(me: Me, field: Changeable): OwnEntry {
	const held = me.held.find((one) => one.field === field)?.value;
	const known: Partial<Record<Changeable, string | null>> = {
		alias: me.alias,
		phone: me.phone,
		language: me.language,
	};
	const text = field in known ? known[field] : held;
	return { text: text ?? "", birth: entryOf(me.birth, firstCalendar()) };
}
