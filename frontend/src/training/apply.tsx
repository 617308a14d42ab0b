import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form, Notice, Ticks } from "../ui/index.ts";
import { eye } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { apply } from "./api.ts";
import type { Enrolment, IntakeCard, Need } from "./types.ts";
import { needChoices } from "./words.ts";

interface Props {
	intake: IntakeCard;
	/** There is no place left: she joins the line. */
	full: boolean;
	onApplied: (now: Enrolment) => void;
}

const mostLetters = 300;

/** Apply asks what she needs in order to come, after saying who will see it. */
export function Apply({ intake, full, onApplied }: Props) {
	const [needs, setNeeds] = useState<Need[]>([]);
	const [note, setNote] = useState("");
	const intention = useRef(new Intention()).current;
	const applying = useAct(async () => {
		onApplied(await apply(intake.id, needs, note.trim(), intention));
	});
	return (
		<section class="card slab">
			<Form onSend={applying.run}>
				{full && <Notice tone="info">{m["learn.full"]()}</Notice>}
				<Notice tone="info" picture={eye} title={m["join.who"]()}>
					{m["learn.reads"]()}
				</Notice>
				<Ticks
					legend={m["learn.need.title"]()}
					hint={m["learn.needs.hint"]()}
					choices={needChoices()}
					ticked={needs}
					onChange={(ticked) => setNeeds(ticked as Need[])}
					error={fieldWords(applying.problem, "needs")}
				/>
				<Field
					label={m["learn.note"]()}
					hint={m["learn.note.hint"]()}
					lines={3}
					maxLength={mostLetters}
					value={note}
					onInput={setNote}
					error={fieldWords(applying.problem, "note")}
				/>
				<Trouble problem={applying.problem} />
				<Button type="submit" kind="primary" wide busy={applying.busy}>
					{full ? m["wait.join"]() : m["learn.apply"]()}
				</Button>
				<Busy when={applying.busy} />
			</Form>
		</section>
	);
}
