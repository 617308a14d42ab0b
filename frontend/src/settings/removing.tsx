import { useState } from "preact/hooks";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { findSettings, keepSettings } from "./api.ts";
import type { Held, Shape } from "./editor.tsx";
import { without } from "./parts.ts";

interface Props<V> extends Held {
	shape: Shape<V>;
	/** The part that goes, what it is called, and the words for taking it away. */
	at: string;
	name: string;
	words: string;
	/** What becomes of it. */
	what: string;
}

/** Removing takes one part of a list away, after asking once more. */
export function Removing<V>({ now, put, shape, at, name, words, what }: Props<V>) {
	const [asking, setAsking] = useState(false);
	const taking = useAct(async () => {
		const stored = shape.read(now.data);
		try {
			put(await keepSettings(shape.write(without(stored, at), stored), now.version));
		} catch (trouble) {
			// What another saved is shown, and the press is hers to make again.
			if ((trouble as { status?: number }).status === 412) put(await findSettings());
			throw trouble;
		}
		setAsking(false);
	});
	return (
		<>
			<Button kind="quiet" onPress={() => setAsking(true)}>
				{words}
				<span class="sr">: {name}</span>
			</Button>
			<Dialog open={asking} title={m["set.remove.ask"]({ name })} onClose={() => setAsking(false)}>
				<p>{what}</p>
				<Trouble problem={taking.problem} />
				<Button wide kind="stop" busy={taking.busy} onPress={taking.run}>
					{words}
				</Button>
				<Button wide onPress={() => setAsking(false)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}
