import { useState } from "preact/hooks";
import { useAct } from "../lib/page/index.ts";
import { localised, m } from "../lib/words/index.ts";
import { BirthWords } from "../member/index.ts";
import { Button, Notice } from "../ui/index.ts";
import { eye } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type OpenedRecord, readRecord } from "./api.ts";

/** OpenRecord shows what two people opened, as long as the time lasts; each opening is written down. */
export function OpenRecord({ id }: { id: string }) {
	const [record, setRecord] = useState<OpenedRecord | null>(null);
	const opening = useAct(async () => setRecord(await readRecord(id)));
	if (!record) {
		return (
			<>
				<Trouble problem={opening.problem} />
				<Button picture={eye} busy={opening.busy} onPress={opening.run}>
					{m["asks.open"]()}
				</Button>
			</>
		);
	}
	const none = <span class="soft">{m["mine.notHeld"]()}</span>;
	return (
		<section class="stack ruled" aria-label={m["asks.opened"]()}>
			{record.damaged && <Notice tone="warn">{m["people.hint.unreadable"]()}</Notice>}
			<dl class="list pairs" translate={false}>
				<div>
					<dt>{m["people.chosenName"]()}</dt>
					<dd>{record.alias ?? none}</dd>
				</div>
				<div>
					<dt>{m["mine.legalName"]()}</dt>
					<dd>{record.paperName ?? none}</dd>
				</div>
				<div>
					<dt>{m["mine.field.phone"]()}</dt>
					<dd>{record.phone || none}</dd>
				</div>
				<div>
					<dt>{m["register.field.birth"]()}</dt>
					<dd>
						<BirthWords birth={record.birth} />
					</dd>
				</div>
				<div>
					<dt>{m["mine.field.district"]()}</dt>
					<dd>{record.district ? localised(record.district) : none}</dd>
				</div>
				<div>
					<dt>{m["mine.field.group"]()}</dt>
					<dd>{record.group ? localised(record.group.name) : none}</dd>
				</div>
			</dl>
		</section>
	);
}
