import type { DeskMatters } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Badge, LinkButton } from "../ui/index.ts";
import { bad, wait } from "../ui/pictures.ts";

const steps = {
	acknowledge: m["handle.step.acknowledge"],
	decide: m["handle.decide"],
	outcome: m["handle.step.outcome"],
};

/**
 * Matters says how many are in her hands and when the first is due. What they
 * are about stands on their own page: a desk is a screen that others pass.
 */
export function Matters({ of: { mine, late, next: first } }: { of: DeskMatters }) {
	return (
		<section class="card stack">
			<div class="line">
				<h2 class="grow">{m["desk.matters"]()}</h2>
				{mine > 0 && (
					<LinkButton kind="quiet" href="/matters">
						{m["desk.openMatters"]()}
					</LinkButton>
				)}
			</div>
			{mine === 0 ? (
				<p class="soft">{m["desk.matters.none"]()}</p>
			) : (
				<p class="line">
					<b class="num">{m["desk.matters.count"]({ count: number(mine) })}</b>
					{late > 0 && (
						<Badge tone="bad" picture={bad}>
							{m["desk.matters.late"]({ count: number(late) })}
						</Badge>
					)}
				</p>
			)}
			{first && <FirstDue of={first} />}
		</section>
	);
}

function FirstDue({ of: { by, daysLeft, step } }: { of: NonNullable<DeskMatters["next"]> }) {
	return (
		<div class="stack tight ruled">
			<p class="soft">{m["desk.matters.next"]()}</p>
			<p>
				<b>{steps[step]()}</b> · {dayWords(by)}
			</p>
			<p>
				{daysLeft < 0 ? (
					<Badge tone="bad" picture={bad}>
						{m["clock.late"]({ count: number(-daysLeft) })}
					</Badge>
				) : (
					<Badge tone={daysLeft <= 1 ? "warn" : "info"} picture={wait}>
						{daysLeft === 0 ? m["rel.today"]() : m["clock.left"]({ count: number(daysLeft) })}
					</Badge>
				)}
			</p>
		</div>
	);
}
