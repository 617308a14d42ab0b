import type { MembershipState } from "../../lib/api/index.ts";
import { Badge, type Tone } from "../../ui/index.ts";
import { bad, fresh, ok, pause } from "../../ui/pictures.ts";
import { stateWords } from "../words.ts";

const shapes: Record<MembershipState, { picture: string; tone?: Tone }> = {
	applied: { picture: fresh, tone: "info" },
	active: { picture: ok, tone: "ok" },
	declined: { picture: bad },
	paused: { picture: pause },
	ended: { picture: pause },
};

/** StateBadge says how a membership stands: shape, word, colour. */
export function StateBadge({ state }: { state: MembershipState }) {
	const { picture, tone } = shapes[state];
	return (
		<Badge picture={picture} {...(tone && { tone })}>
			{stateWords(state)}
		</Badge>
	);
}
