import { useRef } from "preact/hooks";
import { roleWords } from "../account/index.ts";
import { Intention } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Badge, Button, Notice } from "../ui/index.ts";
import { wait } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type Declaration, end, type Reader } from "./api.ts";
import { kindWords } from "./words.ts";

interface Props {
	one: Declaration;
	readers: readonly Reader[];
	onChanged: (now: Declaration) => void;
}

/** Own is one thing that she said, and how she takes it back once it is over. */
export function Own({ one, readers, onChanged }: Props) {
	const reader = readers.find(({ id }) => id === one.reader);
	const intention = useRef(new Intention()).current;
	const ending = useAct(async () => onChanged(await end(one.id, intention)));
	return (
		<section class="card stack">
			<p class="line">
				<b class="grow">{kindWords[one.kind]()}</b>
				{one.state === "open" && (
					<Badge tone="warn" picture={wait}>
						{m["ties.open"]()}
					</Badge>
				)}
			</p>
			{one.handle && <p translate={false}>{one.handle}</p>}
			{reader && (
				<p translate={false}>{m["ties.who"]({ alias: reader.name, role: roleWords(reader.role) })}</p>
			)}
			{one.words && <blockquote class="msg">{one.words}</blockquote>}
			{one.damaged && <Notice tone="warn">{m["mine.damaged"]()}</Notice>}
			<p class="soft">
				{one.ended
					? m["ties.ended"]({ day: dayWords(one.ended) })
					: m["ties.since"]({ day: dayWords(one.since) })}
			</p>
			{one.endedFor && <p>{m["ties.dismissed"]({ reason: one.endedFor })}</p>}
			{one.state !== "ended" && (
				<>
					<Trouble problem={ending.problem} />
					<div class="line">
						<Button kind="quiet" busy={ending.busy} onPress={ending.run}>
							{m["ties.end"]()}
						</Button>
					</div>
				</>
			)}
		</section>
	);
}
