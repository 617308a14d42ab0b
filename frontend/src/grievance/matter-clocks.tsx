import { dayInNepal } from "../lib/calendar/index.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge } from "../ui/index.ts";
import { ok } from "../ui/pictures.ts";
import { standing } from "./clock.ts";
import { Bar, Left } from "./clock-bar.tsx";
import type { MatterItem } from "./types.ts";
import { stepWords } from "./words.ts";

/** MatterClocks shows each time limit: done, or what is left of it. */
export function MatterClocks({ matter }: { matter: MatterItem }) {
	const { step } = matter.next;
	const today = dayInNepal(Date.now());
	const limits = [
		{ what: stepWords("acknowledge"), by: matter.acknowledgeBy, done: step !== "acknowledge" },
		...(matter.decideBy
			? [{ what: stepWords("decide"), by: matter.decideBy, done: step === "outcome" || step === null }]
			: []),
		{ what: stepWords("outcome"), by: matter.outcomeBy, done: step === null },
	];
	return (
		<section class="card stack">
			<h2>{m["handle.times"]()}</h2>
			{limits.map(({ what, by, done }) => {
				const limit = standing(matter.sentOn, by, today);
				return (
					<div class="clock" key={what}>
						<p class="line">
							<span class="grow">{what}</span>
							{done ? (
								<Badge tone="ok" picture={ok}>
									{m["receipt.clock.done"]()}
								</Badge>
							) : (
								<Left standing={limit} />
							)}
						</p>
						{!done && (
							<>
								<Bar standing={limit} label={what} />
								<p class="soft wraps">
									<Day of={by} />
								</p>
							</>
						)}
					</div>
				);
			})}
			{(step === "acknowledge" || step === "decide") && <p class="soft">{m["handle.climb"]()}</p>}
		</section>
	);
}
