import { useState } from "preact/hooks";
import { type Answer, Problem } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog, Notice } from "../ui/index.ts";
import { bad } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { changeIntake, findIntake } from "./api.ts";
import type { Intake } from "./types.ts";
import { courseName } from "./words.ts";

interface Props {
	answer: Answer<Intake>;
	onCancelled: (now: Answer<Intake>, words: string) => void;
	/** It was changed by another meanwhile: this is how it stands now. */
	onFresh: (now: Answer<Intake>) => void;
}

/** Cancel takes an intake away, after saying who will see that. */
export function Cancel({ answer, onCancelled, onFresh }: Props) {
	const [asked, setAsked] = useState(false);
	const [overtaken, setOvertaken] = useState(false);
	const cancelling = useAct(async () => {
		setOvertaken(false);
		try {
			const now = await changeIntake(answer.data.id, { cancelled: true }, answer.version);
			setAsked(false);
			onCancelled(now, m["course.cancel.done"]());
		} catch (trouble) {
			if (!(trouble instanceof Problem) || trouble.status !== 412) throw trouble;
			setOvertaken(true);
			onFresh(await findIntake(answer.data.id));
		}
	});
	function close(): void {
		cancelling.clear();
		setOvertaken(false);
		setAsked(false);
	}
	return (
		<>
			<Button kind="stop" picture={bad} onPress={() => setAsked(true)}>
				{m["course.cancel"]()}
			</Button>
			<Dialog
				open={asked}
				title={m["course.cancel.ask"]({ course: courseName(answer.data.course) })}
				onClose={close}
			>
				<p>{m["course.cancel.what"]()}</p>
				{overtaken && (
					<Notice tone="warn" live>
						{m["err.stale"]()}
					</Notice>
				)}
				<Trouble problem={cancelling.problem} />
				<Button kind="primary" wide busy={cancelling.busy} onPress={cancelling.run}>
					{m["course.cancel"]()}
				</Button>
				<Button kind="quiet" wide onPress={close}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}
