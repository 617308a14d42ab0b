import { useRef, useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Heading, Ready, Skeleton } from "../ui/index.ts";
import { plus } from "../ui/pictures.ts";
import { findComing, findOffer } from "./api.ts";
import { Booking } from "./booking.tsx";
import { Meetings } from "./meetings.tsx";
import { PastMeetings } from "./past-meetings.tsx";
import { Said } from "./said.tsx";
import { toSee } from "./slots.ts";

/**
 * MeetPage: her meetings, and the next one in two presses: a time, then "this
 * one". Anyone and the first free day stand chosen when it opens.
 */
export default function MeetPage() {
	const [who, setWho] = useState<string | null>(null);
	const offer = useLoad(() => findOffer(who), [who]);
	const coming = useLoad(findComing);
	const [settled, setSettled] = useState<"booked" | "cancelled" | null>(null);
	// How many she has made here; each is told anew.
	const times = useRef(0);

	function told(what: "booked" | "cancelled"): void {
		times.current++;
		setSettled(what);
		coming.reload();
		offer.reload();
	}
	const hers = toSee(coming.data ?? [], "member");

	return (
		<main id="main">
			<Heading>{m["meet.title"]()}</Heading>
			{settled && (
				<Said key={times.current}>{settled === "booked" ? m["meet.booked"]() : m["meet.cancelled"]()}</Said>
			)}
			{coming.state === "loading" ? (
				<Skeleton rows={4} />
			) : (
				<>
					<Ready of={coming}>
						{() =>
							hers.length > 0 && (
								<Meetings title={m["meet.mine"]()} sessions={hers} onCancelled={() => told("cancelled")} />
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
					<PastMeetings as="member" />
				</>
			)}
		</main>
	);
}
