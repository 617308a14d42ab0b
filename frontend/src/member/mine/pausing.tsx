import { useRef, useState } from "preact/hooks";
import { api, Intention } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Button, Notice } from "../../ui/index.ts";
import { Trouble } from "../../ui/trouble.tsx";
import type { Mine } from "./page.tsx";

interface Props {
	restricted: boolean;
	onChanged: (mine: Mine) => void;
}

/** Pausing keeps what is hers from being used until she says otherwise; nothing is lost by it. */
export function Pausing({ restricted, onChanged }: Props) {
	const [said, setSaid] = useState<string | null>(null);
	const intention = useRef(new Intention()).current;
	const turning = useAct(async (on: boolean) => {
		onChanged(await api.post("/api/me/restriction", { body: { on }, intention }));
		setSaid(on ? m["own.pause.on"]() : m["own.pause.off"]());
	});
	return (
		<>
			<p>{m["own.pause.what"]()}</p>
			<p class="soft">{m["own.pause.not"]()}</p>
			<Trouble problem={turning.problem} />
			{said && (
				<Notice tone="ok" live>
					{said}
				</Notice>
			)}
			<Button wide busy={turning.busy} onPress={() => void turning.run(!restricted)}>
				{restricted ? m["own.pause.end"]() : m["own.pause.begin"]()}
			</Button>
		</>
	);
}
