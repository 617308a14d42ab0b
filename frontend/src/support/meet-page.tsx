import { useRef, useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Heading, Ready, Skeleton } from "../ui/index.ts";
import { plus } from "../ui/pictures.ts";
import { Said } from "../ui/said.tsx";
import { findComing, findOffer } from "./api.ts";
import { Booking } from "./booking.tsx";
import { Meetings, type Settled, SettledNote } from "./meetings.tsx";
import { PastMeetings } from "./past-meetings.tsx";
import { parted, toSee } from "./slots.ts";

/**
 * MeetPage: her meetings, and the next one in two presses: a time, then "this
 * one". Anyone and the first free day stand chosen when it opens.
 */
export default function MeetPage() {
	const [who, setWho] = useState<string | null>(null);
	const offer = useLoad(() => findOffer(who), [who]);
	const coming = useLoad(findComing);
	const [settled, setSettled] = useState<"booked" | Settled | null>(null);
	// How many she has made here; each is told anew.
	const times = useRef(0);

	function told(what: "booked" | Settled): void {
		times.current++;
		setSettled(what);
		coming.reload();
		offer.reload();
	}
	const hers = parted(toSee(coming.data ?? [], "member"), Date.now());

	return (
		<main id="main">
			<Heading>{m["meet.title"]()}</Heading>
			{settled === "booked" && <Said key={times.current}>{m["meet.booked"]()}</Said>}
			{settled && settled !== "booked" && (
				<SettledNote key={times.current} how={settled} cancelled={m["meet.cancelled"]()} />
			)}
			{coming.state === "loading" ? (
				<Skeleton rows={4} />
			) : (
				<>
					<Ready of={coming}>
						{() =>
							hers.ahead.length > 0 && (
								<Meetings title={m["meet.mine"]()} sessions={hers.ahead} onSettled={told} />
							)
						}
					</Ready>
					{settled === "booked" ? (
						<Button wide picture={plus} onPress={() => setSettled(null)}>
							{m["meet.newOne"]()}
						</Button>
					) : (
						<Ready of={offer} rows={4}>
							{(now) => (
								<Booking
									offer={now}
									who={who}
									onWho={setWho}
									onBooked={() => told("booked")}
									reload={offer.reload}
								/>
							)}
						</Ready>
					)}
					<PastMeetings as="member" today={hers.over} />
				</>
			)}
		</main>
	);
}
