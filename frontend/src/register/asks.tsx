import { useState } from "preact/hooks";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Choices, Select } from "../ui/index.ts";
import { ok } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import type { RegisterImport } from "./api.ts";
import type { Worked } from "./use-import.ts";
import { type Encoding, encodings, encodingWords } from "./words.ts";

interface Props {
	worked: Worked;
	now: RegisterImport;
}
interface AskProps extends Props {
	/** It is the one thing to do first. */
	first: boolean;
}

/** CalendarAsk lets her say which calendar the births are in, when the file does not; nothing is guessed. */
export function CalendarAsk({ worked, now, first }: AskProps) {
	return (
		<section class={first ? "card slab stack" : "card stack"}>
			<h2 class={first ? "big" : ""}>{m["register.next.calendar"]()}</h2>
			<CalendarChoice worked={worked} now={now} />
		</section>
	);
}

/** CalendarChoice is the choice itself, also for changing it later. */
export function CalendarChoice({ worked, now }: Props) {
	const [wished, setWished] = useState<"bs" | "ad" | null>(null);
	const choosing = useAct(async (calendar: "bs" | "ad") => {
		setWished(calendar);
		await worked.choose({ calendar });
	});
	const likely =
		now.calendarLikely === "bs"
			? m["register.calendar.likely.bs"]()
			: now.calendarLikely === "ad"
				? m["register.calendar.likely.ad"]()
				: "";
	return (
		<>
			<Choices
				legend={m["register.calendar.ask"]()}
				hint={now.calendarNeeded ? `${m["register.calendar.why"]()} ${likely}` : undefined}
				layout="slots"
				value={choosing.busy ? wished : now.calendar === "unknown" ? null : now.calendar}
				onChange={(calendar) => void choosing.run(calendar as "bs" | "ad")}
				choices={[
					{ value: "bs", label: m["birth.bs"]() },
					{ value: "ad", label: m["birth.ad"]() },
				]}
			/>
			<Trouble problem={choosing.problem} />
		</>
	);
}

/** EncodingAsk lets her confirm the letters that were guessed, or choose others, by looking at the names. */
export function EncodingAsk({ worked, now, first }: AskProps) {
	const choosing = useAct(async (encoding: Encoding) => {
		await worked.choose({ encoding });
	});
	return (
		<section class={first ? "card slab stack" : "card stack"}>
			<h2 class={first ? "big" : ""}>{m["register.how.encoding"]()}</h2>
			<p>{m["register.how.encoding.guess"]()}</p>
			<div class="line bottom">
				<div class="grow">
					<Select
						label={m["register.how.encoding"]()}
						value={now.encoding}
						onChange={(encoding) => void choosing.run(encoding as Encoding)}
						options={encodings.map((code) => ({ value: code, label: encodingWords(code) }))}
					/>
				</div>
				<Button picture={ok} busy={choosing.busy} onPress={() => choosing.run(now.encoding as Encoding)}>
					{m["register.how.encoding.ok"]()}
				</Button>
			</div>
			<Trouble problem={choosing.problem} />
		</section>
	);
}
