import { useRef, useState } from "preact/hooks";
import { type Answer, Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form } from "../ui/index.ts";
import { Said } from "../ui/said.tsx";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { chooseMail, type Messages } from "./api.ts";
import { Digits } from "./digits.tsx";
import { Stopping } from "./stopping.tsx";

interface Props {
	mail: Messages["mail"];
	onChanged: (now: Answer<Messages>) => void;
}

/** ByMail lets somebody who works here be told in the morning that something waits. */
export function ByMail({ mail, onChanged }: Props) {
	const [again, setAgain] = useState(false);
	// What she did here last, and so where she goes on.
	const [did, setDid] = useState<"sent" | "proved" | "stopped" | null>(null);
	if (mail.on) {
		return (
			<>
				{did === "proved" ? (
					<Said key="proved">{m["notice.mail.on"]()}</Said>
				) : (
					<p>{m["notice.mail.on"]()}</p>
				)}
				<Stopping
					way="mail"
					words={m["notice.mail.stop"]()}
					onStopped={(now) => {
						setDid("stopped");
						setAgain(false);
						onChanged(now);
					}}
				/>
			</>
		);
	}
	if (mail.codeLeft && !again) {
		return (
			<Digits
				way="mail"
				sent={m["notice.code.mailSent"]()}
				first={did === "sent"}
				onChanged={(now) => {
					setDid("proved");
					onChanged(now);
				}}
				onAgain={() => setAgain(true)}
			/>
		);
	}
	return (
		<>
			{did === "stopped" && <Said key="stopped">{m["notice.mail.stopped"]()}</Said>}
			<Address
				onChanged={(now) => {
					setAgain(false);
					setDid("sent");
					onChanged(now);
				}}
			/>
		</>
	);
}

function Address({ onChanged }: Pick<Props, "onChanged">) {
	const [address, setAddress] = useState("");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const sending = useAct(async () => onChanged(await chooseMail(address.trim(), intention)));
	return (
		<Form
			onSend={() => {
				setTried(true);
				if (address.trim()) void sending.run();
			}}
		>
			<p>{m["notice.mail.what"]()}</p>
			<Field
				label={m["notice.mail.address"]()}
				value={address}
				onInput={setAddress}
				maxLength={254}
				lang="en"
				error={
					(tried && !address.trim() ? m["err.required"]() : null) ?? fieldWords(sending.problem, "address")
				}
			/>
			<Trouble problem={sending.problem} />
			<Button type="submit" wide busy={sending.busy}>
				{m["notice.mail.send"]()}
			</Button>
			<Busy when={sending.busy} />
		</Form>
	);
}
