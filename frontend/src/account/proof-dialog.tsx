import { useState } from "preact/hooks";
import { Problem } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Dialog, Field, Form } from "../ui/index.ts";
import { eye } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { findFactors, type Given, type Way } from "./factor/api.ts";
import { GiveFactor } from "./factor/give-factor.tsx";
import { has, proveWith } from "./session.ts";
import { useWait } from "./wait.ts";

interface Props {
	open: boolean;
	/** With whether she proved it. */
	onDone: (proved: boolean) => void;
}

/**
 * ProofDialog asks for her words once more, before something that only she
 * herself may do; and where the server says so, for what she signs in with
 * beside them.
 */
export default function ProofDialog({ open, onDone }: Props) {
	return (
		<Dialog open={open} title={m["own.proof.title"]()} onClose={() => onDone(false)}>
			<Asked onDone={onDone} />
		</Dialog>
	);
}

// Apart from the dialog, so that what she types goes with the question.
function Asked({ onDone }: Pick<Props, "onDone">) {
	const [words, setWords] = useState("");
	const [shown, setShown] = useState(false);
	const [missing, setMissing] = useState(false);
	const [ways, setWays] = useState<readonly Way[] | null>(null);
	const proving = useAct(async () => {
		try {
			await proveWith(words);
			onDone(true);
		} catch (trouble) {
			if (!(trouble instanceof Problem) || trouble.code !== "session.factor_needed") throw trouble;
			setWays(await waysOfHers());
		}
	});
	const waiting = useWait(proving.problem?.retryAfter ?? null, proving.clear);
	function send(): void {
		setMissing(!words);
		if (words && !waiting) void proving.run();
	}
	async function give(given: Given): Promise<void> {
		await proveWith(words, given.way === "passkey" ? { credential: given.credential } : { code: given.code });
		onDone(true);
	}
	if (ways) {
		return (
			<>
				<p>{m["factor.what"]()}</p>
				<GiveFactor ways={ways} onGive={give} />
				<Later onDone={onDone} />
			</>
		);
	}
	return (
		<Form onSend={send}>
			<p>{m["own.proof.why"]()}</p>
			<Trouble problem={proving.problem} />
			<Field
				label={m["own.proof.words"]()}
				type={shown ? "text" : "password"}
				value={words}
				onInput={setWords}
				first
				error={missing && !words ? m["own.proof.missing"]() : null}
			/>
			<Button kind="quiet" picture={eye} pressed={shown} onPress={() => setShown(!shown)}>
				{shown ? m["signin.hide"]() : m["signin.show"]()}
			</Button>
			<Button kind="primary" type="submit" wide busy={proving.busy} disabled={waiting}>
				{m["do.next"]()}
			</Button>
			<Later onDone={onDone} />
			<Busy when={proving.busy} />
		</Form>
	);
}

function Later({ onDone }: Pick<Props, "onDone">) {
	return (
		<>
			<Button kind="quiet" wide onPress={() => onDone(false)}>
				{m["do.later"]()}
			</Button>
			<p class="soft">{m["own.proof.later"]()}</p>
		</>
	);
}

/** What she has to show. Where a passkey is asked for, an app is not enough. */
async function waysOfHers(): Promise<Way[]> {
	const { items, codesLeft } = await findFactors();
	const strong = has("focalPoint", "administrator");
	const hers = (["passkey", "totp"] as const).filter((way) => items.some(({ kind }) => kind === way));
	const enough: Way[] = strong ? hers.filter((way) => way === "passkey") : hers;
	return codesLeft > 0 ? [...enough, "code"] : enough;
}
