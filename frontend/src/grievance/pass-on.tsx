import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Choices, Dialog, Form } from "../ui/index.ts";
import { turn } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { passOn } from "./api.ts";

type Why = "conflict" | "not_mine";

/** PassOn gives it to the next reader who is free; she no longer sees it then. */
export function PassOn({ id, onPassed }: { id: string; onPassed: () => void }) {
	const [asking, setAsking] = useState(false);
	const [why, setWhy] = useState<Why | null>(null);
	const [missing, setMissing] = useState(false);
	const intention = useRef(new Intention()).current;
	const passing = useAct(async () => {
		setMissing(!why);
		if (!why) return;
		await passOn(id, why, intention);
		onPassed();
	});
	return (
		<>
			<Button wide picture={turn} onPress={() => setAsking(true)}>
				{m["handle.passOn"]()}
			</Button>
			<Dialog open={asking} title={m["handle.passOn"]()} onClose={() => setAsking(false)}>
				<Form onSend={() => void passing.run()}>
					<Choices
						legend={m["handle.passOn.why"]()}
						layout="stack"
						value={why}
						onChange={(value) => setWhy(value as Why)}
						error={missing && !why ? m["err.required"]() : fieldWords(passing.problem, "why")}
						choices={[
							{ value: "conflict", label: m["handle.passOn.conflict"]() },
							{ value: "not_mine", label: m["handle.passOn.notMine"]() },
						]}
					/>
					<p class="soft">{m["handle.conflict.hint"]()}</p>
					<Trouble problem={passing.problem} />
					<Button kind="primary" type="submit" wide busy={passing.busy}>
						{m["handle.passOn"]()}
					</Button>
					<Button wide onPress={() => setAsking(false)}>
						{m["do.leave"]()}
					</Button>
				</Form>
			</Dialog>
		</>
	);
}
