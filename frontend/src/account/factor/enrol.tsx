import { useState } from "preact/hooks";
import type { Session } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Busy, Button, Choices, Field, Form, Notice } from "../../ui/index.ts";
import { lock, phone } from "../../ui/pictures.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { addPasskey, type Way } from "./api.ts";
import { App } from "./app.tsx";
import { NoPasskey, type Unshown } from "./passkey.ts";
import { unshownWords } from "./words.ts";

interface Props {
	/** The kinds that she may choose from. */
	ways: readonly Way[];
	/** With the sign-in as it goes on. */
	onDone: (on: Session) => Promise<unknown>;
}

/** Enrol adds a passkey or an app that she will sign in with. */
export function Enrol({ ways, onDone }: Props) {
	const [way, setWay] = useState<Way>(ways[0] ?? "passkey");
	return (
		<div class="stack">
			{ways.length > 1 ? (
				<Choices
					legend={m["enrol.way"]()}
					layout="stack"
					choices={[
						{
							value: "passkey",
							label: m["factor.passkey"](),
							hint: m["enrol.passkey.hint"](),
							picture: lock,
						},
						{ value: "totp", label: m["factor.totp"](), hint: m["enrol.totp.hint"](), picture: phone },
					]}
					value={way}
					onChange={(other) => setWay(other as Way)}
				/>
			) : (
				<p>{m["enrol.passkey.only"]()}</p>
			)}
			<Notice tone="warn" picture={phone}>
				{m["enrol.own"]()}
			</Notice>
			{way === "totp" ? <App onDone={onDone} /> : <Passkey onDone={onDone} />}
		</div>
	);
}

function Passkey({ onDone }: Pick<Props, "onDone">) {
	const [name, setName] = useState("");
	const [missing, setMissing] = useState(false);
	const [unshown, setUnshown] = useState<Unshown | null>(null);
	const making = useAct(async () => {
		setUnshown(null);
		try {
			await onDone(await addPasskey(name.trim()));
		} catch (trouble) {
			if (!(trouble instanceof NoPasskey)) throw trouble;
			setUnshown(trouble.why);
		}
	});
	function send(): void {
		setMissing(!name.trim());
		if (name.trim()) void making.run();
	}
	return (
		<Form onSend={send}>
			<Trouble problem={making.problem} />
			{unshown && (
				<Notice tone="info" live>
					{unshownWords(unshown)}
				</Notice>
			)}
			<NameField value={name} onInput={setName} error={nameFault(missing, making.problem)} />
			<Button kind="primary" type="submit" wide busy={making.busy}>
				{m["enrol.passkey.make"]()}
			</Button>
			<Busy when={making.busy} />
		</Form>
	);
}

interface NameProps {
	value: string;
	onInput: (value: string) => void;
	error: string | null;
}

/** NameField asks what she will know a passkey or an app by. */
export function NameField({ value, onInput, error }: NameProps) {
	return (
		<Field
			label={m["enrol.name"]()}
			hint={m["enrol.name.hint"]()}
			maxLength={60}
			value={value}
			onInput={onInput}
			error={error}
		/>
	);
}

/** nameFault is what is wrong with the name, here or by the server's word. */
export function nameFault(missing: boolean, problem: Parameters<typeof fieldWords>[0]): string | null {
	return missing ? m["fault.factor.name_missing"]() : fieldWords(problem, "name");
}
