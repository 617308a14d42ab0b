import { useEffect, useRef, useState } from "preact/hooks";
import { type GroupOfMine, Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Button, Choices, Dialog, Heading, Notice, Steps } from "../ui/index.ts";
import { bin, save } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { commit, discard, type ImportMode, type RegisterImport, undoDays } from "./api.ts";
import { CalendarAsk, EncodingAsk } from "./asks.tsx";
import { firstStep, rowWords } from "./first-step.ts";
import { GroupsAsk } from "./groups-ask.tsx";
import { HowRead } from "./how-read.tsx";
import { Rows } from "./rows.tsx";
import { coming, type Worked } from "./use-import.ts";

interface Props {
	worked: Worked;
	now: RegisterImport;
	groups: readonly GroupOfMine[];
	onDiscarded: () => void;
}

/** Check is the dry run: nothing has changed yet, what to settle first, and what would become of each row. */
export function Check({ worked, now, groups, onDiscarded }: Props) {
	const [asked, setAsked] = useState<"commit" | "discard" | null>(null);
	const intention = useRef(new Intention()).current;
	const committing = useAct(async () => {
		const started = await commit(now.id, intention);
		setAsked(null);
		worked.put(started);
	});
	const discarding = useAct(async () => {
		await discard(now.id);
		onDiscarded();
	});
	const count = number(coming(now));
	const first = firstStep(now);
	return (
		<>
			<Steps step={2} total={3} name={m["register.step.check"]()} />
			<div class="line head">
				<div class="grow">
					<Heading>{m["import.dry"]()}</Heading>
					<p class="soft">
						{now.fileKind.toUpperCase()} · {m["register.rows"]({ count: number(now.rows) })}
					</p>
				</div>
				<Button picture={bin} onPress={() => setAsked("discard")}>
					{m["register.discard"]()}
				</Button>
				<Button kind="primary" picture={save} disabled={coming(now) === 0} onPress={() => setAsked("commit")}>
					{coming(now) ? m["register.commit"]({ count }) : m["register.commit.none"]()}
				</Button>
			</div>
			<Stale stale={worked.stale} />
			{now.encodingGuessed && <EncodingAsk worked={worked} now={now} first={first === "letters"} />}
			{now.calendarNeeded && <CalendarAsk worked={worked} now={now} first={first === "calendar"} />}
			{now.unknownGroups.length > 0 && (
				<GroupsAsk worked={worked} now={now} groups={groups} first={first === "groups"} />
			)}
			<Rows worked={worked} now={now} groups={groups} title={rowWords[first]?.() ?? null} />
			<HowRead worked={worked} now={now} />
			<Mode worked={worked} now={now} />
			<Dialog
				open={asked === "commit"}
				title={m["register.commit.ask"]({ count })}
				onClose={() => {
					committing.clear();
					setAsked(null);
				}}
			>
				<Summary now={now} />
				<p class="soft">
					{m["register.commit.after"]()} {m["import.undo"]({ count: number(undoDays) })}
				</p>
				<Trouble problem={committing.problem} />
				<Button kind="primary" wide busy={committing.busy} onPress={committing.run}>
					{m["register.commit"]({ count })}
				</Button>
				<Button kind="quiet" wide onPress={() => setAsked(null)}>
					{m["do.later"]()}
				</Button>
			</Dialog>
			<Dialog
				open={asked === "discard"}
				title={m["register.discard.ask"]()}
				onClose={() => {
					discarding.clear();
					setAsked(null);
				}}
			>
				<p>{m["register.discard.what"]()}</p>
				<Trouble problem={discarding.problem} />
				<Button kind="primary" wide busy={discarding.busy} onPress={discarding.run}>
					{m["register.discard"]()}
				</Button>
				<Button kind="quiet" wide onPress={() => setAsked(null)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}

/** Stale says that the report on screen is newer than the one she acted on; it comes into sight by itself. */
function Stale({ stale }: { stale: boolean }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (stale) box.current?.scrollIntoView({ block: "center" });
	}, [stale]);
	return (
		<div ref={box} role="status">
			{stale && <Notice tone="warn">{m["register.stale"]()}</Notice>}
		</div>
	);
}

function Summary({ now: { counts } }: { now: RegisterImport }) {
	return (
		<ul class="list">
			<li>{m["register.commit.new"]({ count: number(counts.created) })}</li>
			{counts.updated > 0 && <li>{m["register.commit.changed"]({ count: number(counts.updated) })}</li>}
			{counts.held > 0 && <li>{m["register.commit.held"]({ count: number(counts.held) })}</li>}
			{counts.failed > 0 && <li>{m["register.commit.failed"]({ count: number(counts.failed) })}</li>}
			{counts.skipped > 0 && <li>{m["register.commit.skipped"]({ count: number(counts.skipped) })}</li>}
		</ul>
	);
}

/** Mode says what becomes of rows that are somebody who is carried over already. */
function Mode({ worked, now }: { worked: Worked; now: RegisterImport }) {
	const [wished, setWished] = useState<ImportMode>(now.mode);
	const choosing = useAct(async (mode: ImportMode) => {
		setWished(mode);
		await worked.choose({ mode });
	});
	return (
		<section class="card stack">
			<Choices
				legend={m["register.mode"]()}
				layout="stack"
				value={choosing.busy ? wished : now.mode}
				onChange={(mode) => void choosing.run(mode as ImportMode)}
				choices={[
					{ value: "add", label: m["register.mode.add"](), hint: m["register.mode.add.hint"]() },
					{ value: "update", label: m["register.mode.update"](), hint: m["register.mode.update.hint"]() },
				]}
			/>
			<Trouble problem={choosing.problem} />
		</section>
	);
}
