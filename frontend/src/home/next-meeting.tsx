import { useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { CancelDialog, mayCancel, type Session, type Settled, When, With } from "../support/index.ts";
import { Button, LinkButton } from "../ui/index.ts";
import { leaf, meet } from "../ui/pictures.ts";

interface Props {
	session: Session | null;
	/** What was there before two people let her in again is closed to her for a while. */
	held: boolean;
	onSettled: (how: Settled) => void;
}

/** NextMeeting is the first thing on her page: when, with whom; or that there is none and one may be had. */
export function NextMeeting({ session, held, onSettled }: Props) {
	// The one she asked about, which may not be the next one any more.
	const [asked, setAsked] = useState<Session | null>(null);
	return (
		<>
			<section class="card slab stack">
				<Shade />
				<h2 class="lab soft">{m["home.next"]()}</h2>
				{session ? (
					<>
						<When start={session.start} big />
						<div>
							<With session={session} />
						</div>
						<LinkButton kind="primary" wide href={session.as === "supporter" ? "/hours" : "/meet"}>
							{m["home.open"]()}
						</LinkButton>
						{mayCancel(session, Date.now()) && (
							<Button kind="quiet" wide onPress={() => setAsked(session)}>
								{m["meet.cancel"]()}
							</Button>
						)}
					</>
				) : (
					<>
						{!held && <p class="lead">{m["state.emptyMeet"]()}</p>}
						<LinkButton kind="primary" wide picture={meet} href="/meet">
							{m["meet.title"]()}
						</LinkButton>
					</>
				)}
			</section>
			<CancelDialog session={asked} onClose={() => setAsked(null)} onSettled={onSettled} />
		</>
	);
}

/** The leaf's shade behind the card that matters most. */
function Shade() {
	return (
		<svg class="i shade" viewBox="0 0 24 24" aria-hidden="true">
			<path class="f" d={leaf} />
		</svg>
	);
}
