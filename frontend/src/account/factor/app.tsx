import { useState } from "preact/hooks";
import { Problem, type Session } from "../../lib/api/index.ts";
import { useAct, useLoad } from "../../lib/page/index.ts";
import { m, number } from "../../lib/words/index.ts";
import { fetchFaultWords } from "../../lib/words/told.ts";
import { Busy, Button, Field, Form, Ready } from "../../ui/index.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { useWait } from "../wait.ts";
import { addApp, beginApp } from "./api.ts";
import { NameField, nameFault } from "./enrol.tsx";
import { appDigits, digitsFrom, inFours } from "./typed.ts";

interface Props {
	onDone: (on: Session) => Promise<unknown>;
}

/** App shows a new secret, for an app to read or for her to type there, and takes the first digits out of it. */
export function App({ onDone }: Props) {
	const begun = useLoad(() =>
		beginApp().catch(async (trouble) => {
			await fetchFaultWords();
			throw trouble;
		}),
	);
	const refused = (problem: Problem) => (problem.kind === "refused" ? <Trouble problem={problem} /> : null);
	return (
		<Ready of={begun} rows={2} failed={refused}>
			{(app) => (
				<>
					<p>{m["enrol.app.scan"]()}</p>
					<Square uri={app.uri} />
					<div>
						<p>{m["enrol.app.secret"]()}</p>
						<p class="handle" translate={false}>
							{inFours(app.secret).join(" ")}
						</p>
					</div>
					<Confirm onDone={onDone} onStale={begun.reload} />
				</>
			)}
		</Ready>
	);
}

/** Square is what an app reads with its camera; what draws it is fetched for it. */
function Square({ uri }: { uri: string }) {
	const drawn = useLoad(async () => (await import("./square.ts")).squareOf(uri), [uri]);
	return (
		<Ready of={drawn} rows={2}>
			{({ size, path }) => (
				<svg class="square" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={m["enrol.app.square"]()}>
					<path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
					<path fill="#000" d={path} shape-rendering="crispEdges" />
				</svg>
			)}
		</Ready>
	);
}

/** Confirm ends what the secret began; where that took too long, another secret is asked for. */
function Confirm({ onDone, onStale }: Props & { onStale: () => void }) {
	const [typed, setTyped] = useState("");
	const [name, setName] = useState("");
	const [tried, setTried] = useState(false);
	const digits = digitsFrom(typed);
	const adding = useAct(async () => {
		if (!digits) return;
		const on = await addApp(digits, name.trim()).catch((trouble) => {
			if (trouble instanceof Problem && trouble.kind === "refused") setTyped("");
			if (trouble instanceof Problem && trouble.code === "factor.begin_again") onStale();
			throw trouble;
		});
		await onDone(on);
	});
	const waiting = useWait(adding.problem?.retryAfter ?? null, adding.clear);
	function send(): void {
		setTried(true);
		if (digits && name.trim() && !waiting) void adding.run();
	}
	return (
		<Form onSend={send}>
			<Trouble problem={adding.problem} />
			<Field
				label={m["enrol.app.digits"]()}
				inputMode="numeric"
				value={typed}
				onInput={setTyped}
				error={tried && !digits ? m["factor.digits.short"]({ count: number(appDigits) }) : null}
			/>
			<NameField value={name} onInput={setName} error={nameFault(tried && !name.trim(), adding.problem)} />
			<Button kind="primary" type="submit" wide busy={adding.busy} disabled={waiting}>
				{m["enrol.app.keep"]()}
			</Button>
			<Busy when={adding.busy} />
		</Form>
	);
}
