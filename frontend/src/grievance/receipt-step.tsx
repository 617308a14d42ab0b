import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { homeOf, session } from "../account/index.ts";
import { m } from "../lib/words/index.ts";
import { Badge, Button, Field, Form, Heading, Notice, Tick } from "../ui/index.ts";
import { eye, lock, ok } from "../ui/pictures.ts";
import { useHold } from "./hold.ts";
import { NextDays } from "./next-days.tsx";
import { Outside, standing } from "./outside.tsx";
import { lastFourMatch, lastFourTyped } from "./receipt.ts";
import { ReceiptCard, ReceiptOnPaper } from "./receipt-card.tsx";
import { Where } from "./step.tsx";
import type { TalkSent } from "./types.ts";
import { Unsent } from "./unsent.tsx";
import { WhoReads } from "./who-reads.tsx";

interface Props {
	sent: TalkSent;
	/** Words that she changed after a try that had arrived; they have not. */
	unsent: string | null;
}

/**
 * ReceiptStep shows the receipt once, and lets her go when she has it: the last
 * four digits, or her word for it. Going back covers the digits, in case
 * somebody has come near, and loses nothing; the quick exit stays open.
 */
export function ReceiptStep({ sent, unsent }: Props) {
	const { route } = useLocation();
	const [typed, setTyped] = useState("");
	const [have, setHave] = useState(false);
	const [tries, setTries] = useState(0);
	const [covered, setCovered] = useState(false);
	const proof = useRef<HTMLDivElement>(null);
	const matches = lastFourMatch(sent.receipt, typed);
	const kept = have || matches;

	useHold(!kept, (how) => {
		if (how === "back") setCovered(true);
		else setTries((n) => n + 1);
	});
	useEffect(() => {
		if (!tries || kept) return;
		proof.current?.scrollIntoView({ block: "center" });
		proof.current?.querySelector<HTMLElement>("[type=checkbox]")?.focus({ preventScroll: true });
	}, [tries]);

	function leave(): void {
		if (!kept) setTries((n) => n + 1);
		else route(session.value ? homeOf(session.value) : "/", true);
	}

	return (
		<main id="main" class="paper-only">
			<Where step="receipt" />
			<Heading key="receipt">{m["receipt.title"]()}</Heading>
			{covered ? (
				<Covered onShow={() => setCovered(false)} />
			) : (
				<>
					<ReceiptOnPaper receipt={sent.receipt} />
					<p>{m["receipt.once"]()}</p>
					<section class="card slab stack">
						<ReceiptCard receipt={sent.receipt} />
					</section>
				</>
			)}
			{unsent && <Unsent receipt={sent.receipt} text={unsent} />}
			<Form class="card stack" onSend={leave}>
				<Field
					label={m["receipt.check"]()}
					hint={m["err.digitsBoth"]()}
					inputMode="numeric"
					value={typed}
					onInput={setTyped}
					error={lastFourTyped(typed) && !matches ? m["receipt.notMatch"]() : null}
				/>
				<p role="status">
					{matches && (
						<Badge tone="ok" picture={ok}>
							{m["receipt.matches"]()}
						</Badge>
					)}
				</p>
				<div ref={proof}>
					<Tick checked={have} onChange={setHave} error={tries && !kept ? m["receipt.haveMissing"]() : null}>
						{m["receipt.have"]()}
					</Tick>
				</div>
				<Button kind="primary" type="submit" wide>
					{m["receipt.leave"]()}
				</Button>
			</Form>
			<NextDays sent={sent} />
			<p>
				<WhoReads readers={sent.readers} />
			</p>
			<Outside ways={standing} />
		</main>
	);
}

function Covered({ onShow }: { onShow: () => void }) {
	return (
		<section class="stack" role="status">
			<Notice tone="warn" picture={lock} title={m["receipt.covered"]()}>
				{m["receipt.covered.why"]()}
			</Notice>
			<Button wide picture={eye} onPress={onShow}>
				{m["receipt.show"]()}
			</Button>
		</section>
	);
}
