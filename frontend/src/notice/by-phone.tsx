import { useState } from "preact/hooks";
import type { Answer } from "../lib/api/index.ts";
import { weekdayWords } from "../lib/calendar/index.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Button } from "../ui/index.ts";
import { Said } from "../ui/said.tsx";
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
	// What she did here last, and so where she goes on.
	const [did, setDid] = useState<"sent" | "proved" | "stopped" | null>(null);
	const ends = sms.numberEnds ?? "";
	if (sms.on) {
		return (
			<>
				{did === "proved" ? (
					<Said key="proved">{m["notice.sms.on"]({ ends })}</Said>
				) : (
					<p>{m["notice.sms.on"]({ ends })}</p>
				)}
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
						setDid("stopped");
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
				first={did === "sent"}
				onChanged={(now) => {
					setDid("proved");
					onChanged(now);
				}}
				onAgain={() => setOpting(true)}
			/>
		);
	}
	if (!sms.here) return <p>{m["notice.sms.notHere"]()}</p>;
	if (!opting) {
		return (
			<>
				{did === "stopped" ? (
					<Said key="stopped">{m["notice.stopped"]()}</Said>
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
				setDid("sent");
				setOpting(false);
				onChanged(now);
			}}
		/>
	);
}
