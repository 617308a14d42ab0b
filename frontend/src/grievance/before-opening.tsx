import { useRef } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button } from "../ui/index.ts";
import { eye, turn } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { passOn } from "./api.ts";

interface Props {
	id: string;
	onOpen: () => void;
	onPassed: () => void;
}

/** BeforeOpening asks whether she is close to anybody in it, before she reads a word of it. */
export function BeforeOpening({ id, onOpen, onPassed }: Props) {
	const intention = useRef(new Intention()).current;
	const passing = useAct(async () => {
		await passOn(id, "conflict", intention);
		onPassed();
	});
	return (
		<section class="card slab stack">
			<p>
				<b>{m["handle.conflict"]()}</b>
			</p>
			<Trouble problem={passing.problem} />
			<Button kind="primary" wide picture={eye} onPress={onOpen}>
				{m["handle.conflictNo"]()}
			</Button>
			<Button wide picture={turn} busy={passing.busy} onPress={passing.run}>
				{m["handle.conflictYes"]()}
			</Button>
			<p class="soft">{m["handle.conflict.hint"]()}</p>
		</section>
	);
}
