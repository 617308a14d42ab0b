import { useState } from "preact/hooks";
import type { Answer } from "../lib/api/index.ts";
import { weekdayWords } from "../lib/calendar/index.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Button, Notice } from "../ui/index.ts";
import type { Messages } from "./api.ts";
import { Digits } from "./digits.tsx";
import { hourWords, OptIn } from "./opt-in.tsx";
import { Stopping } from "./stopping.tsx";

interface Props {
	sms: Messages["sms"];
	onChanged: (now: Answer<Messages>) => void;
}

/** ByPhone lets her choose to be sent SMS, and stop it in one step. */
export function ByPhone({ sms, onChanged }: Props) {
	const [opting, setOpting] = useState(false);
	const [stopped, setStopped] = useState(false);
	const ends = sms.numberEnds ?? "";
	if (sms.on) {
		return (
			<>
				<p>{m["notice.sms.on"]({ ends })}</p>
				{sms.hours && (
					<p class="soft">
						{m["notice.sms.when"]({
							days: sms.hours.days.map(weekdayWords).join(", "),
							from: hourWords(sms.hours.from),
							to: hourWords(sms.hours.to),
						})}
					</p>
				)}
				{sms.askAgain && (
					<p class="soft">
						{m["notice.sms.askAgain"]()} <Day of={sms.askAgain} />
					</p>
				)}
				<Stopping
					way="sms"
					words={m["notice.stop"]()}
					onStopped={(now) => {
						setStopped(true);
						setOpting(false);
						onChanged(now);
					}}
				/>
			</>
		);
	}
	if (sms.codeLeft && !opting) {
		return (
			<Digits
				way="sms"
				sent={m["notice.code.sent"]({ ends })}
				onChanged={onChanged}
				onAgain={() => setOpting(true)}
			/>
		);
	}
	if (!sms.here) return <p>{m["notice.sms.notHere"]()}</p>;
	if (!opting) {
		return (
			<>
				{stopped ? (
					<Notice tone="ok" live>
						{m["notice.stopped"]()}
					</Notice>
				) : (
					<p>{m["notice.sms.none"]()}</p>
				)}
				<Button wide onPress={() => setOpting(true)}>
					{m["notice.sms.begin"]()}
				</Button>
			</>
		);
	}
	return (
		<OptIn
			onChanged={(now) => {
				setOpting(false);
				onChanged(now);
			}}
		/>
	);
}
