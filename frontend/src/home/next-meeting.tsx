import { useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { CancelDialog, type Session, When, With } from "../support/index.ts";
import { Button, LinkButton } from "../ui/index.ts";
import { leaf, meet } from "../ui/pictures.ts";

interface Props {
	session: Session | null;
	/** What was there before two people let her in again is closed to her for a while. */
	held: boolean;
	onCancelled: () => void;
}

/** NextMeeting is the first thing on her page: when, with whom; or that there is none and one may be had. */
export function NextMeeting({ session, held, onCancelled }: Props) {
	const [asked, setAsked] = useState(false);
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
						<Button kind="quiet" wide onPress={() => setAsked(true)}>
							{m["meet.cancel"]()}
						</Button>
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
			<CancelDialog
				session={asked ? session : null}
				onClose={() => setAsked(false)}
				onCancelled={onCancelled}
			/>
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
