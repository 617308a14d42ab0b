import { localised, m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { DayField } from "../ui/day-field.tsx";
import { plus } from "../ui/pictures.ts";
import { Editor, type Held, type Shape, type Writing } from "./editor.tsx";
import { emptyHoliday, holidayFaults, inOrder, sameHoliday, sentHolidays } from "./holidays.ts";
import { NameFields } from "./name-fields.tsx";
import { newKey } from "./parts.ts";
import { Opens, Section } from "./section.tsx";
import type { Holiday } from "./types.ts";
import { faultAt } from "./words.ts";

const shape: Shape<Holiday> = {
	read: ({ holidays }) => Object.fromEntries(inOrder(holidays).map((one) => [one.day, one])),
	write: (parts) => ({ holidays: sentHolidays(parts) }),
	same: sameHoliday,
	nameOf: (_, value) => (value ? localised(value.name) : ""),
	show: ({ day, name }) => (
		<>
			{localised(name)} <Day of={day} />
		</>
	),
};

/** HolidaysSection: days on which the organisation does not work. */
export function HolidaysSection({ mayChange, ...held }: Held & { mayChange: boolean }) {
	const holidays = inOrder(held.now.data.holidays);
	return (
		<Section title={m["set.holidays"]()} what={m["set.holidays.what"]()}>
			{holidays.length === 0 && <p>{m["set.holidays.none"]()}</p>}
			<ul class="list">
				{holidays.map((one) => (
					<li key={one.day} class="entry">
						<Opens
							name={localised(one.name)}
							beside={<HolidayLine of={one} />}
							edit={
								mayChange
									? (close) => (
											<Editor
												{...held}
												shape={shape}
												onDone={close}
												isFaulty={(draft) => holidayFaults(draft, one.day).size > 0}
												remove={{
													key: one.day,
													name: localised(one.name),
													words: m["set.holiday.remove"](),
												}}
											>
												{(writing) => <HolidayFields at={one.day} {...writing} />}
											</Editor>
										)
									: null
							}
						>
							{!mayChange && <HolidayLine of={one} />}
						</Opens>
					</li>
				))}
			</ul>
			{mayChange && (
				<Opens
					name={m["set.holidays"]()}
					words={m["set.holiday.add"]()}
					picture={plus}
					edit={(close) => {
						const key = newKey(shape.read(held.now.data));
						return (
							<Editor
								{...held}
								shape={shape}
								onDone={close}
								first={(stored) => ({ ...stored, [key]: emptyHoliday })}
								isFaulty={(draft) => holidayFaults(draft, key).size > 0}
							>
								{(writing) => <HolidayFields at={key} {...writing} />}
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

function HolidayLine({ of: one }: { of: Holiday }) {
	return (
		<p class="grow wraps">
			<b>{localised(one.name)}</b>
			<br />
			<Day of={one.day} />
		</p>
	);
}

function HolidayFields({ at, draft, change, tried, problem }: Writing<Holiday> & { at: string }) {
	const one = draft[at];
	if (!one) return null;
	const set = (part: Partial<Holiday>) => change({ ...draft, [at]: { ...one, ...part } });
	const faults = tried ? holidayFaults(draft, at) : new Map<string, never>();
	const wrongAt = faultAt(problem, "holidays", inOrder(Object.values(draft)).indexOf(one));
	const dayWrong = faults.get("day");
	return (
		<div class="stack">
			<DayField
				legend={m["set.holiday.day"]()}
				first={one.day || null}
				before={0}
				after={2}
				onChange={(day) => set({ day: day ?? "" })}
				error={
					dayWrong === "twice" ? m["set.holiday.twice"]() : dayWrong ? m["birth.missing"]() : wrongAt("day")
				}
			/>
			<NameFields
				legend={m["set.holiday.name"]()}
				name={one.name}
				onChange={(name) => set({ name })}
				error={faults.has("name") ? m["set.name.missing"]() : wrongAt("name")}
				errorOf={(language) => wrongAt(`name.${language}`)}
			/>
		</div>
	);
}
