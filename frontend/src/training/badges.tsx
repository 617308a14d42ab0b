import { m } from "../lib/words/index.ts";
import { Badge, type Tone } from "../ui/index.ts";
import { bad, clock, lock, ok, pause, wait } from "../ui/pictures.ts";
import type { EnrolmentState, IntakeCard, IntakeState } from "./types.ts";

interface Look {
	picture: string;
	tone?: Tone;
	say: () => string;
}

const intakes: Record<IntakeState, Look> = {
	planned: { picture: clock, tone: "info", say: m["learn.planned"] },
	open: { picture: ok, tone: "ok", say: m["learn.open"] },
	closed: { picture: lock, say: m["learn.closed"] },
	running: { picture: clock, tone: "info", say: m["learn.running"] },
	finished: { picture: pause, say: m["learn.finished"] },
	cancelled: { picture: bad, tone: "bad", say: m["learn.cancelled"] },
};
const full: Look = { picture: wait, tone: "warn", say: m["meet.full"] };
const enrolments: Record<EnrolmentState, Look> = {
	enrolled: { picture: ok, tone: "ok", say: m["learn.in"] },
	waiting: { picture: wait, tone: "warn", say: m["learn.inLine"] },
	withdrawn: { picture: pause, say: m["learn.gone"] },
};

function Shown({ picture, tone, say }: Look) {
	return (
		<Badge picture={picture} {...(tone && { tone })}>
			{say()}
		</Badge>
	);
}

/** The state of an intake in a word or two. */
export function intakeWords(state: IntakeState): string {
	return intakes[state].say();
}

/** IntakeBadge says how an intake stands: shape, word, colour. One without a seat left is full. */
export function IntakeBadge({ of }: { of: Pick<IntakeCard, "state" | "left"> }) {
	return <Shown {...(of.state === "open" && of.left === 0 ? full : intakes[of.state])} />;
}

/** EnrolmentBadge says how her place stands. */
export function EnrolmentBadge({ state }: { state: EnrolmentState }) {
	return <Shown {...enrolments[state]} />;
}
