import type { Desk } from "../lib/api/index.ts";
import { m, number } from "../lib/words/index.ts";
import { LinkButton } from "../ui/index.ts";
import { eye, ok, umb } from "../ui/pictures.ts";

type Waits = Pick<Desk, "requests" | "alerts" | "young" | "reviews">;

/** ForTwo leads to what waits for her decision beside another's, and to what is unusual; it is not there when nothing is. */
export function ForTwo({ requests, alerts, young, reviews }: Waits) {
	if (requests + alerts + young + reviews === 0) return null;
	const age = number(18);
	return (
		<div class="stack">
			{requests > 0 && (
				<LinkButton wide picture={ok} href="/asks">
					{m["desk.requests"]({ count: number(requests) })}
				</LinkButton>
			)}
			{young > 0 && (
				<LinkButton wide picture={umb} href="/ask">
					{m["desk.young"]({ age, count: number(young) })}
				</LinkButton>
			)}
			{reviews > 0 && (
				<LinkButton wide picture={umb} href="/ask">
					{m["desk.reviews"]({ count: number(reviews) })}
				</LinkButton>
			)}
			{alerts > 0 && (
				<LinkButton wide picture={eye} href="/log">
					{m["desk.alerts"]({ count: number(alerts) })}
				</LinkButton>
			)}
		</div>
	);
}
