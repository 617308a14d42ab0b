import { useRef, useState } from "preact/hooks";
import { Intention, Problem } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { fetchFaultWords, toldFault } from "../lib/words/told.ts";
import { Badge, Button, Dialog, Icon } from "../ui/index.ts";
import { me, pause } from "../ui/pictures.ts";
import { Said } from "../ui/said.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { cancel } from "./api.ts";
import { mayCancel, minutesOf } from "./slots.ts";
import type { Session } from "./types.ts";
import { When } from "./when.tsx";

interface Props {
	title: string;
	sessions: readonly Session[];
	onSettled: (how: Settled) => void;
}

/** Meetings lists what is set, the soonest first; each can be given up without a reason. */
export function Meetings({ title, sessions, onSettled }: Props) {
	const [asked, setAsked] = useState<Session | null>(null);
	const now = Date.now();
	return (
		<section class="stack">
			<h2>{title}</h2>
			<ul class="card list">
				{sessions.map((session) => (
					<li key={session.id} class="meeting">
						<div class="grow">
							<When start={session.start} />
							<With session={session} />
						</div>
						{mayCancel(session, now) && (
							<Button kind="quiet" onPress={() => setAsked(session)}>
								{m["meet.cancel"]()}
							</Button>
						)}
					</li>
				))}
			</ul>
			<CancelDialog session={asked} onClose={() => setAsked(null)} onSettled={onSettled} />
		</section>
	);
}

/** With says whom a meeting is with and how long it is, or that it was given up. */
export function With({ session }: { session: Session }) {
	const { state, as, cancelledBy } = session;
	const nobody = as === "member" ? m["meet.someone"]() : m["hours.someone"]();
	return (
		<>
			<p>
				<Icon of={me} />{" "}
				<span translate={session.with ? false : undefined}>
					{m["meet.withName"]({ name: session.with ?? nobody })}
				</span>{" "}
				· <span class="nb">{m["meet.minutes"]({ count: number(minutesOf(session)) })}</span>
			</p>
			{state === "cancelled" && (
				<>
					<Badge picture={pause}>{m["meet.state.cancelled"]()}</Badge>
					{as === "member" && cancelledBy === "supporter" && (
						<p class="soft">{m["meet.cancelledByOther"]()}</p>
					)}
				</>
			)}
		</>
	);
}

/** What came of giving a meeting up; it may have begun meanwhile. */
export type Settled = "cancelled" | "over";

const begun = "support.session_over";

interface CancelProps {
	/** The meeting she asks about; null while she asks about none. */
	session: Session | null;
	onClose: () => void;
	onSettled: (how: Settled) => void;
}

/** CancelDialog asks once, and nobody asks why. */
export function CancelDialog({ session, onClose, onSettled }: CancelProps) {
	const intention = useRef(new Intention()).current;
	const cancelling = useAct(async (id: string) => {
		let how: Settled = "cancelled";
		try {
			await cancel(id, intention);
		} catch (trouble) {
			if (!(trouble instanceof Problem) || trouble.code !== begun) throw trouble;
			// What stands on the page is old: it says why, and reads the list anew.
			await fetchFaultWords();
			how = "over";
		}
		onClose();
		onSettled(how);
	});
	function close(): void {
		cancelling.clear();
		onClose();
	}
	return (
		<Dialog open={session !== null} title={m["meet.cancelNow"]()} onClose={close}>
			{session && <When start={session.start} />}
			<p>{m["meet.cancelNoReason"]()}</p>
			<Trouble problem={cancelling.problem} />
			<Button
				kind="primary"
				wide
				busy={cancelling.busy}
				onPress={() => session && void cancelling.run(session.id)}
			>
				{m["meet.cancelYes"]()}
			</Button>
			<Button kind="quiet" wide onPress={close}>
				{m["meet.cancelKeep"]()}
			</Button>
		</Dialog>
	);
}

/** SettledNote says what came of it, in the page's own words where the meeting is given up. */
export function SettledNote({ how, cancelled }: { how: Settled; cancelled: string }) {
	return how === "over" ? <Said tone="warn">{toldFault(begun)}</Said> : <Said>{cancelled}</Said>;
}
