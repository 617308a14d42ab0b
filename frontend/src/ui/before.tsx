import { readBefore } from "../lib/exit/index.ts";
import { m, safePage } from "../lib/words/index.ts";
import { Button } from "./button.tsx";
import { Heading } from "./heading.tsx";
import { Icon } from "./icon.tsx";
import { clock, exit, find, home, pen } from "./pictures.ts";

/**
 * Before interrupts once, ahead of the first question: what leaving quickly
 * does and what it does not, and how to come back.
 */
export function Before({ onUnderstood }: { onUnderstood: () => void }) {
	const facts = [
		{ picture: exit, words: `${m["exit.what"]()} ${m["exit.keys"]()}` },
		{ picture: clock, words: m["exit.history"]() },
		{ picture: pen, words: m["exit.unsent"]() },
		{ picture: home, words: m["exit.return"]({ address: location.host }) },
	];
	function goOn(): void {
		readBefore();
		onUnderstood();
	}
	return (
		<main id="main">
			<Heading>{m["exit.before"]()}</Heading>
			<ul class="card list">
				{facts.map(({ picture, words }) => (
					<li key={picture}>
						<Icon of={picture} framed />
						<span class="grow">{words}</span>
					</li>
				))}
				<li>
					<Icon of={find} framed />
					<a class="grow" href={safePage()}>
						{m["safe.title"]()}
					</a>
				</li>
			</ul>
			<Button kind="primary" wide onPress={goOn}>
				{m["exit.understood"]()}
			</Button>
		</main>
	);
}
