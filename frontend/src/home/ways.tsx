import { m } from "../lib/words/index.ts";
import { Icon } from "../ui/index.ts";
import { book, me, meet, talk } from "../ui/pictures.ts";

/** Ways are the big entries, each a picture and a word. */
export function Ways() {
	const ways = [
		{ to: "/meet", picture: meet, word: m["meet.title"]() },
		{ to: "/learn", picture: book, word: m["home.learn"]() },
		{ to: "/talk", picture: talk, word: m["talk.title"]() },
		{ to: "/mine", picture: me, word: m["nav.mine"]() },
	];
	return (
		<section class="stack">
			<h2>{m["home.what"]()}</h2>
			<div class="tiles">
				{ways.map(({ to, picture, word }) => (
					<a key={to} class="face" href={to}>
						<Icon of={picture} framed />
						<b>{word}</b>
					</a>
				))}
			</div>
		</section>
	);
}
