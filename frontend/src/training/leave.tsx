import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { withdraw } from "./api.ts";
import type { Enrolment } from "./types.ts";
import { courseName } from "./words.ts";

interface Props {
	enrolment: Enrolment;
	onLeft: (now: Enrolment) => void;
}

/** Leave gives a place up, or a place in line: one press, and one to be sure. Nobody asks why. */
export function Leave({ enrolment, onLeft }: Props) {
	const [asked, setAsked] = useState(false);
	const intention = useRef(new Intention()).current;
	const course = courseName(enrolment.course);
	const waits = enrolment.state === "waiting";
	const leaving = useAct(async () => {
		const now = await withdraw(enrolment.id, intention);
		setAsked(false);
		onLeft(now);
	});
	function close(): void {
		leaving.clear();
		setAsked(false);
	}
	return (
		<>
			<div>
				<Button kind="quiet" onPress={() => setAsked(true)}>
					{waits ? m["wait.leave"]() : m["learn.leave"]()}
				</Button>
			</div>
			<Dialog
				open={asked}
				title={waits ? m["learn.leave.askLine"]({ course }) : m["learn.leave.ask"]({ course })}
				onClose={close}
			>
				<p>{waits ? m["learn.leave.whatLine"]() : m["learn.leave.what"]()}</p>
				<p class="soft">{m["learn.leave.again"]()}</p>
				<Trouble problem={leaving.problem} />
				<Button kind="primary" wide busy={leaving.busy} onPress={leaving.run}>
					{waits ? m["wait.leave"]() : m["learn.leave"]()}
				</Button>
				<Button kind="quiet" wide onPress={close}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}
