import { m, number } from "../lib/words/index.ts";
import { LinkButton } from "../ui/index.ts";
import { eye, ok } from "../ui/pictures.ts";

/** ForTwo leads to what waits for her decision beside another's, and to what is unusual; it is not there when nothing is. */
export function ForTwo({ requests, alerts }: { requests: number; alerts: number }) {
	if (requests + alerts === 0) return null;
	return (
		<div class="stack">
			{requests > 0 && (
				<LinkButton wide picture={ok} href="/asks">
					{m["desk.requests"]({ count: number(requests) })}
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
