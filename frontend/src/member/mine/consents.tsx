import { useRef, useState } from "preact/hooks";
import { purposeWords } from "../../consent/index.ts";
import { api, type HeldConsent, Intention, type Me } from "../../lib/api/index.ts";
import { dayWords } from "../../lib/calendar/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Badge, Button, Dialog, Notice } from "../../ui/index.ts";
import { ok, pause } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import type { Mine } from "./page.tsx";

interface Props {
	me: Me;
	onChanged: (mine: Mine) => void;
}

/** Consents lists every yes with its text and dates; taking one back is one press and one "yes, really". */
export function Consents({ me, onChanged }: Props) {
	const [asked, setAsked] = useState<HeldConsent | null>(null);
	const [done, setDone] = useState(false);
	const intention = useRef(new Intention()).current;
	const withdrawing = useAct(async (consent: HeldConsent) => {
		const now = await api.post("/api/me/consents/{id}/withdraw", {
			path: { id: consent.id },
			body: {},
			intention,
		});
		setAsked(null);
		setDone(true);
		onChanged(now);
	});
	function ask(consent: HeldConsent | null): void {
		withdrawing.clear();
		// Closing the question also ends here, and what was done is to stay said.
		if (consent) setDone(false);
		setAsked(consent);
	}

	return (
		<section class="stack">
			<div>
				<h2>{m["mine.consents"]()}</h2>
				<p class="soft">{m["consent.noCost"]()}</p>
			</div>
			{done && (
				<Notice tone="ok" live>
					{m["mine.withdraw.done"]()}
				</Notice>
			)}
			{me.consents.length === 0 && <p>{m["mine.consent.none"]()}</p>}
			{me.consents.map((consent) => (
				<Consent key={consent.id} consent={consent} onWithdraw={ask} />
			))}
			<Dialog open={asked !== null} title={m["mine.withdraw.ask"]()} onClose={() => ask(null)}>
				<p>{asked?.purpose === "membership" ? m["mine.withdraw.membership"]() : m["mine.withdraw.any"]()}</p>
				<Trouble problem={withdrawing.problem} />
				<Button
					kind="primary"
					wide
					busy={withdrawing.busy}
					onPress={() => asked && void withdrawing.run(asked)}
				>
					{m["do.undo"]()}
				</Button>
				<Button kind="quiet" wide onPress={() => ask(null)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</section>
	);
}

interface ConsentProps {
	consent: HeldConsent;
	onWithdraw: (consent: HeldConsent) => void;
}

function Consent({ consent, onWithdraw }: ConsentProps) {
	return (
		<article class="card stack">
			<h3>{purposeWords(consent.purpose)}</h3>
			<p lang={consent.language}>{consent.text}</p>
			<p class="soft">{datesOf(consent)}</p>
			<div class="line">
				{consent.withdrawnAt ? (
					<Badge picture={pause}>{m["mine.consent.back"]()}</Badge>
				) : (
					<>
						<Badge tone="ok" picture={ok}>
							{m["mine.consent.given"]()}
						</Badge>
						<span class="end">
							<Button onPress={() => onWithdraw(consent)}>{m["do.undo"]()}</Button>
						</span>
					</>
				)}
			</div>
		</article>
	);
}

function datesOf({ givenAt, until, withdrawnAt }: HeldConsent): string {
	if (withdrawnAt) return m["mine.consent.withdrawn"]({ date: dayWords(withdrawnAt) });
	if (until) return m["consent.given"]({ date: dayWords(givenAt), until: dayWords(until) });
	return m["mine.consent.open"]({ date: dayWords(givenAt) });
}
