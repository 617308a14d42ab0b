import { useRef, useState } from "preact/hooks";
import { roleWords } from "../account/index.ts";
import { Intention } from "../lib/api/index.ts";
import { clockDigits, clockInNepal, dayWords } from "../lib/calendar/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge, Button, Dialog, Notice } from "../ui/index.ts";
import { bad, ok, save, turn, wait } from "../ui/pictures.ts";
import { saveFile } from "../ui/save-file.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type Asked, type Decision, decide, type HandOver, takeList } from "./api.ts";
import { OpenRecord } from "./open-record.tsx";
import { RecoveryCode } from "./recovery-code.tsx";
import { askedWords, detailWords, isOpenTo, lapsesWords, stateWords } from "./words.ts";

const looks: Record<Asked["state"], { tone: "ok" | "warn" | "bad" | "info"; picture: string }> = {
	waiting: { tone: "warn", picture: wait },
	approved: { tone: "ok", picture: ok },
	refused: { tone: "bad", picture: bad },
	withdrawn: { tone: "info", picture: turn },
	over: { tone: "info", picture: wait },
};

// A name that tells nothing where files are listed.
const fileName = "list.csv";

interface Props {
	asked: Asked;
	onChanged?: (now: Asked) => void;
}

/** RequestCard is one request: what, about whom, why, and what she may do with it. */
export function RequestCard({ asked, onChanged }: Props) {
	const [now, setNow] = useState<Asked | null>(null);
	const [made, setMade] = useState<HandOver | null>(null);
	const title = useRef<HTMLHeadingElement>(null);
	const one = now ?? asked;
	const { tone, picture } = looks[one.state];
	const open = isOpenTo(one, Date.now());
	return (
		<section class="card stack">
			<div>
				<div class="line">
					<h3 class="grow" ref={title} tabIndex={-1}>
						{askedWords(one)}
					</h3>
					<Badge tone={tone} picture={picture}>
						{stateWords[one.state]()}
					</Badge>
				</div>
				<p class="soft">
					{one.mine ? m["asks.byYou"]() : m["asks.by"]({ role: roleWords(one.askedBy.role) })} ·{" "}
					<Day of={one.day} />
				</p>
			</div>
			{one.handle && (
				<p>
					<b translate={false}>{m["asks.about"]({ handle: one.handle })}</b>
				</p>
			)}
			<Details of={one} />
			{one.reason && <blockquote class="msg">{one.reason}</blockquote>}
			{one.damaged && <Notice tone="warn">{m["mine.damaged"]()}</Notice>}
			{one.closedFor && <p class="soft">{m["asks.closedFor"]({ reason: one.closedFor })}</p>}
			{one.state === "waiting" && <p class="soft">{lapsesWords(one)}</p>}
			{one.state === "waiting" && one.mine && <p class="soft">{m["asks.next"]()}</p>}
			{made && (
				<RecoveryCode
					made={made}
					handle={one.handle}
					onHide={() => {
						setMade(null);
						title.current?.focus();
					}}
				/>
			)}
			{(one.mayDecide || one.mayWithdraw) && one.state === "waiting" && (
				<Deciding
					asked={one}
					onDecided={({ handOver, ...decided }) => {
						setMade(handOver ?? null);
						setNow(decided);
						onChanged?.(decided);
					}}
				/>
			)}
			{open && one.ends && (
				<>
					<p class="soft">{endsWords(one.kind, one.ends)}</p>
					{one.kind === "emergency" && <OpenRecord id={one.id} />}
					{one.kind === "export" && <TakeList id={one.id} />}
				</>
			)}
		</section>
	);
}

function endsWords(kind: Asked["kind"], ends: string): string {
	if (kind === "recovery") return m["asks.code.made"]({ time: clockInNepal(ends, clockDigits) });
	return m["asks.ends"]({ when: `${dayWords(ends)}, ${clockInNepal(ends)}` });
}

function Details({ of }: { of: Asked }) {
	return (
		<>
			{detailWords(of).map((line) => (
				<p key={line}>{line}</p>
			))}
		</>
	);
}

function Deciding({ asked, onDecided }: { asked: Asked; onDecided: (now: Asked) => void }) {
	const [asking, setAsking] = useState(false);
	const intention = useRef(new Intention()).current;
	const deciding = useAct(async (how: Decision) => {
		const now = await decide(asked.id, how, intention);
		setAsking(false);
		onDecided(now);
	});
	return (
		<>
			{!asking && <Trouble problem={deciding.problem} />}
			<div class="line">
				{asked.mayDecide && (
					<>
						{!asked.damaged && (
							<Button picture={ok} onPress={() => setAsking(true)}>
								{m["asks.approve"]()}
							</Button>
						)}
						<Button busy={deciding.busy} onPress={() => void deciding.run("refuse")}>
							{m["asks.refuse"]()}
						</Button>
					</>
				)}
				{asked.mayWithdraw && (
					<Button
						kind="quiet"
						picture={turn}
						busy={deciding.busy}
						onPress={() => void deciding.run("withdraw")}
					>
						{m["asks.withdraw"]()}
					</Button>
				)}
			</div>
			<Dialog open={asking} title={m["asks.approve.ask"]()} onClose={() => setAsking(false)}>
				<p>
					<b>{askedWords(asked)}</b>
				</p>
				{asked.handle && <p translate={false}>{m["asks.about"]({ handle: asked.handle })}</p>}
				<Details of={asked} />
				{asked.kind === "recovery" ? (
					<>
						<p>
							<b>{m["asks.approve.beside"]()}</b>
						</p>
						<p>{m["asks.approve.code"]()}</p>
					</>
				) : (
					<p>{m["asks.approve.what"]()}</p>
				)}
				<Trouble problem={deciding.problem} />
				<Button kind="primary" wide busy={deciding.busy} onPress={() => void deciding.run("approve")}>
					{m["asks.approve"]()}
				</Button>
				<Button wide onPress={() => setAsking(false)}>
					{m["do.later"]()}
				</Button>
			</Dialog>
		</>
	);
}

function TakeList({ id }: { id: string }) {
	const [taken, setTaken] = useState(false);
	const taking = useAct(async () => {
		saveFile(await takeList(id), fileName);
		setTaken(true);
	});
	return (
		<>
			<Trouble problem={taking.problem} />
			{taken && (
				<Notice tone="ok" live>
					{m["asks.taken"]({ name: fileName })}
				</Notice>
			)}
			<Button picture={save} busy={taking.busy} onPress={taking.run}>
				{m["asks.take"]()}
			</Button>
		</>
	);
}
