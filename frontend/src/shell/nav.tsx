import { useLocation } from "preact-iso";
import { has } from "../account/index.ts";
import { m } from "../lib/words/index.ts";
import { Icon } from "../ui/index.ts";
import { list, me, meet, table } from "../ui/pictures.ts";

/** Nav leads between the pages of a coordinator; a member has one page and needs none. */
export function Nav() {
	const { path } = useLocation();
	const places = [
		{ to: "/today", picture: list, word: m["nav.today"]() },
		{ to: "/people", picture: meet, word: m["nav.members"]() },
		{ to: "/list", picture: table, word: m["nav.import"]() },
		...(has("member") || has("applicant") ? [{ to: "/mine", picture: me, word: m["nav.mine"]() }] : []),
	];
	return (
		<nav class="nav" aria-label={m["nav.menu"]()}>
			{places.map(({ to, picture, word }) => (
				<a key={to} href={to} aria-current={path === to ? "page" : undefined}>
					<Icon of={picture} />
					<span>{word}</span>
				</a>
			))}
		</nav>
	);
}
