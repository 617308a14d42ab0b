import { dayInNepal, dayWords } from "../lib/calendar/index.ts";
import { useAct } from "../lib/page/index.ts";
import { asciiDigits, localised, m, number } from "../lib/words/index.ts";
import { DayField } from "../ui/day-field.tsx";
import { Badge, Button, Field, Notice, Select } from "../ui/index.ts";
import { ok, plus, warn } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { findSettings, keepSettings } from "./api.ts";
import { Editor, type Held, type Shape, type Writing } from "./editor.tsx";
import { emptyHelpline, helplineFaults, owners, sameHelpline, sentHelplines } from "./helplines.ts";
import { NameFields } from "./name-fields.tsx";
import { newKey } from "./parts.ts";
import { Opens, Section } from "./section.tsx";
import type { Helpline } from "./types.ts";
import { faultAt, roleWords } from "./words.ts";

const shape: Shape<Helpline> = {
	read: ({ helplines }) => Object.fromEntries(helplines.map((one) => [one.id, one])),
	write: (parts) => ({ helplines: sentHelplines(parts) }),
	same: sameHelpline,
	nameOf: (_, value) => (value ? localised(value.name) : ""),
	show: ({ name, number, source, owner, checked }) =>
		[localised(name), number, source, roleWords(owner), dayWords(checked)].filter(Boolean).join(" · "),
};

/** HelplinesSection: numbers to call outside the organisation, and when somebody last called to see that they answer. */
export function HelplinesSection({ mayChange, ...held }: Held & { mayChange: boolean }) {
	const { helplines } = held.now.data;
	const old = helplines.filter((one) => one.old).length;
	return (
		<Section title={m["set.helplines"]()} what={m["set.helplines.what"]()}>
			{old > 0 && <Notice tone="warn">{m["set.helplines.old"]({ count: number(old) })}</Notice>}
			<ul class="list">
				{helplines.map((one) => (
					<li key={one.id} class="entry">
						<Opens
							name={localised(one.name)}
							beside={<CheckedToday of={one} {...held} />}
							edit={
								mayChange
									? (close) => (
											<Editor
												{...held}
												shape={shape}
												onDone={close}
												isFaulty={(draft) => isFaulty(draft[one.id])}
												remove={{
													key: one.id,
													name: localised(one.name),
													words: m["set.helpline.remove"](),
												}}
											>
												{(writing) => <HelplineFields at={one.id} {...writing} />}
											</Editor>
										)
									: null
							}
						>
							<HelplineLine of={one} />
						</Opens>
					</li>
				))}
			</ul>
			{mayChange && (
				<Opens
					name={m["set.helplines"]()}
					words={m["set.helpline.add"]()}
					picture={plus}
					edit={(close) => {
						const key = newKey(shape.read(held.now.data));
						return (
							<Editor
								{...held}
								shape={shape}
								onDone={close}
								first={(stored) => ({ ...stored, [key]: emptyHelpline(key) })}
								isFaulty={(draft) => isFaulty(draft[key])}
							>
								{(writing) => <HelplineFields at={key} {...writing} />}
							</Editor>
						);
					}}
				>
					{null}
				</Opens>
			)}
		</Section>
	);
}

function isFaulty(one: Helpline | undefined): boolean {
	return one !== undefined && helplineFaults(one).size > 0;
}

function HelplineLine({ of: one }: { of: Helpline }) {
	return (
		<div class="line">
			<div class="grow">
				<b>{localised(one.name)}</b>
				<p class="soft">
					{(one.shipped ? m["set.helpline.shipped"] : m["set.helpline.checked"])({
						date: dayWords(one.checked),
					})}
					<br />
					{one.shipped ? m["set.helpline.nobody"]() : m["set.helpline.by"]({ owner: roleWords(one.owner) })}
					<br />
					<span translate={false}>{one.source}</span>
				</p>
				{one.old && (
					<p>
						<Badge tone="warn" picture={warn}>
							{m["set.helpline.old"]()}
						</Badge>
					</p>
				)}
			</div>
			<b class="num big">{one.number}</b>
		</div>
	);
}

/** CheckedToday says in one press that somebody has called the number and it answers. */
function CheckedToday({ of: one, now, put }: Held & { of: Helpline }) {
	const today = dayInNepal(Date.now());
	const checking = useAct(async () => {
		const stored = shape.read(now.data);
		try {
			put(
				await keepSettings(
					shape.write({ ...stored, [one.id]: { ...one, checked: today } }, stored),
					now.version,
				),
			);
		} catch (trouble) {
			// What another saved is shown, and the press is hers to make again.
			if ((trouble as { status?: number }).status === 412) put(await findSettings());
			throw trouble;
		}
	});
	return (
		<>
			<Trouble problem={checking.problem} />
			{one.checked !== today ? (
				<div>
					<Button kind="quiet" picture={ok} busy={checking.busy} onPress={checking.run}>
						{m["set.helpline.today"]()}
						<span class="sr">: {localised(one.name)}</span>
					</Button>
				</div>
			) : (
				<p role="status">
					<Badge tone="ok" picture={ok}>
						{m["set.helpline.isToday"]()}
					</Badge>
				</p>
			)}
		</>
	);
}

function HelplineFields({ at, draft, change, tried, problem }: Writing<Helpline> & { at: string }) {
	const one = draft[at];
	if (!one) return null;
	const set = (part: Partial<Helpline>) => change({ ...draft, [at]: { ...one, ...part } });
	const faults = tried ? helplineFaults(one) : new Map<string, never>();
	const wrongAt = faultAt(problem, "helplines", Object.keys(draft).indexOf(at));
	const wrong = (field: keyof Helpline) => (faults.has(field) ? m["err.required"]() : wrongAt(field));
	return (
		<div class="stack">
			<NameFields
				legend={m["set.helpline.name"]()}
				name={one.name}
				onChange={(name) => set({ name })}
				error={faults.has("name") ? m["set.name.missing"]() : wrongAt("name")}
				errorOf={(language) => wrongAt(`name.${language}`)}
			/>
			<Field
				label={m["set.helpline.number"]()}
				hint={m["err.digitsBoth"]()}
				inputMode="tel"
				value={one.number}
				onInput={(typed) => set({ number: asciiDigits(typed) })}
				maxLength={30}
				error={faults.get("number") === "digits" ? m["set.helpline.digits"]() : wrong("number")}
			/>
			<Field
				label={m["set.helpline.source"]()}
				value={one.source}
				onInput={(source) => set({ source })}
				maxLength={200}
				error={wrong("source")}
			/>
			<Select
				label={m["set.helpline.owner"]()}
				value={one.owner}
				onChange={(owner) => set({ owner: owner as Helpline["owner"] })}
				options={owners.map((value) => ({ value, label: roleWords(value) }))}
				error={wrong("owner")}
			/>
			<DayField
				legend={m["set.helpline.day"]()}
				first={one.checked || null}
				before={1}
				after={0}
				onChange={(day) => set({ checked: day ?? "" })}
				error={faults.has("checked") ? m["birth.missing"]() : wrongAt("checked")}
			/>
		</div>
	);
}
