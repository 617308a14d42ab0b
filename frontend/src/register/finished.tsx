import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, number } from "../lib/words/index.ts";
import { Button, Dialog, Heading, LinkButton, Notice, Steps } from "../ui/index.ts";
import { meet, ok, talk, turn } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type RegisterImport, undo } from "./api.ts";
import { daysLeft } from "./days-left.ts";
import { Rows } from "./rows.tsx";
import type { Worked } from "./use-import.ts";

/** Finished says what an import did, row by row, and takes it back if she wants. */
export function Finished({ worked, now }: { worked: Worked; now: RegisterImport }) {
	const { state, counts, kept } = now;
	const [asked, setAsked] = useState(false);
	const intention = useRef(new Intention()).current;
	const undoing = useAct(async () => {
		const started = await undo(now.id, intention);
		setAsked(false);
		worked.put(started);
	});
	const left = daysLeft(now.createdAt, Date.now());
	const undoable = (state === "committed" || state === "stopped") && left > 0;

	return (
		<>
			<Steps step={3} total={3} name={m["register.step.bring"]()} />
			<Heading>{titleOf(now)}</Heading>
			{state === "undone" ? (
				<section class="card slab stack">
					<p>{m["register.result.undone.what"]()}</p>
					{kept > 0 && <Notice tone="info">{m["register.result.kept"]({ count: number(kept) })}</Notice>}
				</section>
			) : (
				<section class="card slab stack">
					{state === "stopped" && <Notice tone="warn">{m["register.result.stopped.what"]()}</Notice>}
					{counts.created > 0 && (
						<Notice tone="info" picture={talk}>
							{m["register.result.ask"]()}
						</Notice>
					)}
					<div class="line">
						<LinkButton kind="primary" picture={meet} href="/people">
							{m["register.result.people"]()}
						</LinkButton>
						{counts.created > 0 && (
							<LinkButton picture={ok} href="/ask">
								{m["carry.title"]()}
							</LinkButton>
						)}
						{undoable && (
							<Button kind="stop" picture={turn} onPress={() => setAsked(true)}>
								{m["register.undo"]()}
							</Button>
						)}
					</div>
					{undoable && <p class="soft">{m["import.undo"]({ count: number(left) })}</p>}
				</section>
			)}
			{state !== "undone" && <Rows worked={worked} now={now} groups={[]} title={null} />}
			<Dialog open={asked} title={m["register.undo.ask"]()} onClose={() => setAsked(false)}>
				<p>{m["register.undo.what"]()}</p>
				<Trouble problem={undoing.problem} />
				<Button kind="primary" wide busy={undoing.busy} onPress={undoing.run}>
					{m["register.undo"]()}
				</Button>
				<Button kind="quiet" wide onPress={() => setAsked(false)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}

function titleOf({ state, counts }: RegisterImport): string {
	if (state === "undone") return m["register.result.undone"]();
	if (state === "stopped") return m["register.result.stopped"]();
	return m["register.result.in"]({ count: number(counts.created) });
}
