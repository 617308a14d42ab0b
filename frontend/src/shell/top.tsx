import { m } from "../lib/words/index.ts";
import { Icon, Mark } from "../ui/index.ts";
import { exit } from "../ui/pictures.ts";

/**
 * Top is the head of every page. Both ways out are real links, so they work
 * before and without scripts; index.html holds the same markup.
 */
export function Top() {
	return (
		<header class="top">
			<a class="skip" href="/exit" rel="noreferrer">
				{m["exit.first"]()}
			</a>
			<a class="skip" href="#main">
				{m["nav.skip"]()}
			</a>
			<a class="brand" href="/">
				<Mark />
				<span>{m["brand.name"]()}</span>
			</a>
			<a class="btn exit" href="/exit" rel="noreferrer">
				<Icon of={exit} />
				{m["exit.button"]()}
			</a>
		</header>
	);
}
