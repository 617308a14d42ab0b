import { useState } from "preact/hooks";
import { Problem } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m, number } from "../../lib/words/index.ts";
import { Busy, Button, Choices, Field, Form, Notice } from "../../ui/index.ts";
import { lock, phone, print } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { useWait } from "../wait.ts";
import { type Given, shown, type Way } from "./api.ts";
import { NoPasskey, type Unshown } from "./passkey.ts";
import { appDigits, digitsFrom, paperFrom, paperSigns } from "./typed.ts";
import { unshownWords } from "./words.ts";

interface Props {
	ways: readonly Way[];
	/** Takes what she gives; what it throws is told to her. */
	onGive: (given: Given) => Promise<unknown>;
}

/** GiveFactor asks for one thing that she has beside her words: she chooses which. */
export function GiveFactor({ ways, onGive }: Props) {
	const [way, setWay] = useState<Way>(ways[0] ?? "code");
	const [typed, setTyped] = useState("");
	const [wrong, setWrong] = useState(false);
	const [unshown, setUnshown] = useState<Unshown | null>(null);
	const giving = useAct(async () => {
		setUnshown(null);
		try {
			const code = way === "totp" ? digitsFrom(typed) : paperFrom(typed);
			if (way === "passkey") await onGive(await shown());
			else if (code) await onGive({ way, code });
		} catch (trouble) {
			// What the server refused was wrong or is used up; what never got there stays.
			if (trouble instanceof Problem && trouble.kind === "refused") setTyped("");
			if (!(trouble instanceof NoPasskey)) throw trouble;
			setUnshown(trouble.why);
		}
	});
	const waiting = useWait(giving.problem?.retryAfter ?? null, giving.clear);

	function choose(other: string): void {
		setWay(other as Way);
		setTyped("");
		setWrong(false);
		setUnshown(null);
		giving.clear();
	}
	function send(): void {
		const whole = way === "passkey" || (way === "totp" ? digitsFrom(typed) : paperFrom(typed)) !== null;
		setWrong(!whole);
		if (whole && !waiting) void giving.run();
	}
	return (
		<Form onSend={send}>
			<Trouble problem={giving.problem} />
			{unshown && (
				<Notice tone="info" live>
					{unshownWords(unshown)}
				</Notice>
			)}
			{ways.length > 1 && (
				<Choices
					legend={m["factor.way"]()}
					layout="stack"
					choices={choicesOf(ways)}
					value={way}
					onChange={choose}
				/>
			)}
			{way === "totp" && (
				<Field
					key="totp"
					label={m["signin.staffCode"]()}
					inputMode="numeric"
					value={typed}
					onInput={setTyped}
					error={wrong ? m["factor.digits.short"]({ count: number(appDigits) }) : null}
				/>
			)}
			{way === "code" && (
				<Field
					key="code"
					label={m["factor.code"]()}
					hint={m["factor.paper.hint"]()}
					value={typed}
					onInput={setTyped}
					error={wrong ? m["factor.paper.short"]({ count: number(paperSigns) }) : null}
				/>
			)}
			{way === "passkey" && ways.length === 1 && <p>{m["factor.passkey.hint"]()}</p>}
			<Button kind="primary" type="submit" wide busy={giving.busy} disabled={waiting}>
				{way === "passkey" ? m["factor.passkey.use"]() : m["do.next"]()}
			</Button>
			<Busy when={giving.busy} />
		</Form>
	);
}

function choicesOf(ways: readonly Way[]) {
	const all = {
		passkey: { label: m["factor.passkey"](), hint: m["factor.passkey.hint"](), picture: lock },
		totp: { label: m["factor.totp"](), picture: phone },
		code: { label: m["factor.code"](), picture: print },
	};
	return ways.map((value) => ({ value, ...all[value] }));
}
