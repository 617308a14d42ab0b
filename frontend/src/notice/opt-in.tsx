import { useRef, useState } from "preact/hooks";
import { ConsentTick, findTexts, given, useChangedLanguage, useOldText } from "../consent/index.ts";
import { type Answer, Intention } from "../lib/api/index.ts";
import { clockShort, weekdayWords } from "../lib/calendar/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { asciiDigits, language, m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form, Notice, Ready, Select } from "../ui/index.ts";
import { useArrival } from "../ui/said.tsx";
import { Ticks } from "../ui/ticks.tsx";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { chooseSms, type Messages, type SafeHours } from "./api.ts";
import { clocks, daysOf, noHours, overMidnight } from "./hours.ts";

const week = [0, 1, 2, 3, 4, 5, 6].map(String);

/** OptIn asks for a number, the hours in which it is safe, and the yes to it: nothing is filled in or ticked before. */
export function OptIn({ onChanged }: { onChanged: (now: Answer<Messages>) => void }) {
	const [phone, setPhone] = useState("");
	const [hours, setHours] = useState<SafeHours>(noHours);
	const [agrees, setAgrees] = useState(false);
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const top = useArrival<HTMLDivElement>();
	const texts = useLoad(() => findTexts(language.peek(), "messages"), [language.value]);
	useChangedLanguage(() => setAgrees(false));
	const sending = useAct(async () => {
		const [consent] = given(texts.data ?? [], { messages_sms: agrees });
		if (consent) onChanged(await chooseSms({ phone: asciiDigits(phone), hours, consent }, intention));
	});
	useOldText(sending.problem, () => {
		setAgrees(false);
		texts.reload();
	});
	const unnumbered = tried && !phone.trim() ? m["err.required"]() : null;
	const dayless = tried && hours.days.length === 0 ? m["fault.notice.hours_missing"]() : null;
	function send(): void {
		setTried(true);
		if (phone.trim() && hours.days.length > 0 && agrees) void sending.run();
	}
	return (
		<Form onSend={send}>
			<div ref={top} tabIndex={-1}>
				<Notice tone="info">{m["notice.sms.shared"]()}</Notice>
			</div>
			<p>{m["notice.sms.says"]({ sentence: m["notice.sms.sample"]() })}</p>
			<Field
				label={m["notice.sms.number"]()}
				hint={m["notice.sms.numberHint"]()}
				type="tel"
				inputMode="tel"
				value={phone}
				onInput={setPhone}
				maxLength={40}
				error={unnumbered ?? fieldWords(sending.problem, "phone")}
			/>
			<Ticks
				legend={m["notice.sms.days"]()}
				hint={m["notice.sms.hoursHint"]()}
				choices={week.map((day) => ({ value: day, label: weekdayWords(Number(day)) }))}
				ticked={hours.days.map(String)}
				onChange={(ticked) => setHours({ ...hours, days: daysOf(ticked) })}
				error={dayless ?? fieldWords(sending.problem, "hours")}
			/>
			<Select
				label={m["notice.sms.from"]()}
				value={hours.from}
				onChange={(from) => setHours({ ...hours, from })}
				options={options(() => "")}
			/>
			<Select
				label={m["notice.sms.to"]()}
				value={hours.to}
				onChange={(to) => setHours({ ...hours, to })}
				options={options((to) =>
					overMidnight({ from: hours.from, to }) ? ` (${m["notice.sms.nextDay"]()})` : "",
				)}
			/>
			<Ready of={texts} rows={1}>
				{(all) =>
					all.map((text) => (
						<ConsentTick
							key={text.purpose}
							text={text}
							checked={agrees}
							onChange={setAgrees}
							error={tried && !agrees ? m["notice.sms.agree"]() : null}
						/>
					))
				}
			</Ready>
			<Trouble problem={sending.problem} />
			<Button type="submit" kind="primary" wide busy={sending.busy}>
				{m["notice.sms.send"]()}
			</Button>
			<Busy when={sending.busy} />
		</Form>
	);
}

function options(more: (clock: string) => string) {
	return clocks.map((clock) => ({ value: clock, label: hourWords(clock) + more(clock) }));
}

/** hourWords is a full hour as it is sent, as a clock shows it. */
export function hourWords(clock: string): string {
	const [hour = 0, minute = 0] = clock.split(":").map(Number);
	return clockShort({ hour, minute });
}
