import { useRef } from "preact/hooks";
import { type Answer, Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { Button } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type Messages, stop, type Way } from "./api.ts";

interface Props {
	way: Way;
	words: string;
	onStopped: (now: Answer<Messages>) => void;
}

/** Stopping ends messages in one step. */
export function Stopping({ way, words, onStopped }: Props) {
	const intention = useRef(new Intention()).current;
	const stopping = useAct(async () => onStopped(await stop(way, intention)));
	return (
		<>
			<Trouble problem={stopping.problem} />
			<Button wide busy={stopping.busy} onPress={() => void stopping.run()}>
				{words}
			</Button>
		</>
	);
}
