import { useRef, useState } from "preact/hooks";
import { api, Intention, type Problem } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog, Field, Form, LinkButton, Notice } from "../ui/index.ts";
import { circle, pen } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";

/** declareFirst leads a reader who has not said whom she is close to there, in place of the grievance. */
export function declareFirst(problem: Problem) {
	if (problem.code !== "conflict.declare_first") return null;
	return (
		<section class="stack">
			<Notice tone="info" live>
				{m["ties.never"]()}
			</Notice>
			<LinkButton kind="primary" wide picture={circle} href="/ties">
				{m["handle.declare"]()}
			</LinkButton>
		</section>
	);
}

/** NameSomebody notes that somebody is named in it, who is shut out from then on and never learns of it. */
export function NameSomebody({ id, onNamed }: { id: string; onNamed: () => void }) {
	const [asking, setAsking] = useState(false);
	const [handle, setHandle] = useState("");
	const [tried, setTried] = useState(false);
	const [done, setDone] = useState(false);
	const intention = useRef(new Intention()).current;
	const naming = useAct(async () => {
		setTried(true);
		if (!handle.trim()) return;
		await api.post("/api/grievances/{id}/name", { path: { id }, body: { handle: handle.trim() }, intention });
		setAsking(false);
		setHandle("");
		setTried(false);
		setDone(true);
		onNamed();
	});
	return (
		<>
			{done && (
				<Notice tone="ok" live>
					{m["handle.name.done"]()}
				</Notice>
			)}
			<Button wide picture={pen} onPress={() => setAsking(true)}>
				{m["handle.name"]()}
			</Button>
			<Dialog open={asking} title={m["handle.name"]()} onClose={() => setAsking(false)}>
				<Form onSend={() => void naming.run()}>
					<p>{m["handle.name.what"]()}</p>
					<Field
						label={m["asks.handle"]()}
						hint={m["asks.handle.hint"]()}
						value={handle}
						onInput={setHandle}
						error={tried && !handle.trim() ? m["err.required"]() : fieldWords(naming.problem, "handle")}
					/>
					<Trouble problem={naming.problem} />
					<Button kind="primary" type="submit" wide busy={naming.busy}>
						{m["handle.name.do"]()}
					</Button>
					<Button wide onPress={() => setAsking(false)}>
						{m["do.leave"]()}
					</Button>
				</Form>
			</Dialog>
		</>
	);
}
