import type { Act } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button } from "./button.tsx";
import { down } from "./pictures.ts";
import { Trouble } from "./trouble.tsx";

/** More fetches the next page of a list; it is not there once all is. */
export function More({ of, word }: { of: Act<[]> | null; word?: string }) {
	if (!of) return null;
	return (
		<>
			<Trouble problem={of.problem} />
			<Button wide picture={down} busy={of.busy} onPress={of.run}>
				{word ?? m["people.more"]()}
			</Button>
		</>
	);
}
