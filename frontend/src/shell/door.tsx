import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { findSession, has, homeOf, session } from "../account/index.ts";
import type { Role } from "../lib/api/index.ts";
import { beforeRead } from "../lib/exit/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Before } from "../ui/before.tsx";
import { Heading, Ready } from "../ui/index.ts";

/** Who a page is for: anybody signed in, or whoever has one of some roles. */
export type Who = "signed_in" | readonly Role[];

/**
 * door lets a page open only for who may see it. Others are led to the sign-in
 * page, or to the page that is theirs. It spares them a refusal; the refusing
 * itself is the server's. Ahead of the first of these pages stands, once in a
 * window, what leaving quickly does and does not.
 */
export function door<P>(who: Who, Page: ComponentType<P>): ComponentType<P> {
	return function Door(props: P) {
		const { route } = useLocation();
		const [read, setRead] = useState(beforeRead);
		const found = useLoad(async () => {
			if (session.value === undefined) await findSession();
			return true;
		});
		const hers = session.value;
		const away = hers === null ? "/in" : hers && who !== "signed_in" && !has(...who) ? homeOf(hers) : null;
		useEffect(() => {
			if (away) route(away, true);
		}, [away, route]);
		if (hers === undefined || away) {
			return (
				<main id="main">
					<Heading>{m["brand.name"]()}</Heading>
					<Ready of={found}>{() => null}</Ready>
				</main>
			);
		}
		if (!read) return <Before onUnderstood={() => setRead(true)} />;
		// biome-ignore lint/suspicious/noExplicitAny: the props are the page's own
		return <Page {...(props as any)} />;
	};
}
