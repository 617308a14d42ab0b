import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Badge, Button, Dialog, Icon } from "../ui/index.ts";
import { me, pause } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { cancel } from "./api.ts";
import { minutesOf } from "./slots.ts";
import type { Session } from "./types.ts";
import { When } from "./when.tsx";

interface Props {
	title: string;
	sessions: readonly Session[];
	onCancelled: () => void;
}

/** Meetings lists what is set, the soonest first; each can be given up without a reason. */
export function Meetings({ title, sessions, onCancelled }: Props) {
	const [asked, setAsked] = useState<Session | null>(null);
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
						{session.state === "booked" && (
							<Button kind="quiet" onPress={() => setAsked(session)}>
								{m["meet.cancel"]()}
							</Button>
						)}
					</li>
				))}
			</ul>
			<CancelDialog session={asked} onClose={() => setAsked(null)} onCancelled={onCancelled} />
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

interface CancelProps {
	/** The meeting she asks about; null while she asks about none. */
	session: Session | null;
	onClose: () => void;
	onCancelled: () => void;
}

/** CancelDialog asks once, and nobody asks why. */
export function CancelDialog({ session, onClose, onCancelled }: CancelProps) {
	const intention = useRef(new Intention()).current;
	const cancelling = useAct(async (id: string) => {
		await cancel(id, intention);
		onClose();
		onCancelled();
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
