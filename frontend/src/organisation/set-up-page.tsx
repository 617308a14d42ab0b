import { useRef, useState } from "preact/hooks";
import { roleWords } from "../account/index.ts";
import { Intention, type InvitationCode, type SetUpState } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Badge, Button, Dialog, Heading, Icon, LinkButton, Notice, Ready } from "../ui/index.ts";
import { fresh, lock, me, ok, wait } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { CodeCard } from "./code-card.tsx";
import { closeSetUp, findSetUp, invite, type Seat, untilWords } from "./set-up.ts";

/**
 * SetUpPage is where the administrator of a new organisation invites the three
 * who are to work in it, each with a code that is given from hand to hand, and
 * then closes this page for good.
 */
export default function SetUpPage() {
	const setUp = useLoad(findSetUp);
	const [closed, setClosed] = useState(false);
	return (
		<main id="main">
			<Heading>{m["setup.people.title"]()}</Heading>
			{closed ? (
				<Over />
			) : (
				<Ready of={setUp} failed={(problem) => (problem.status === 404 ? <Over /> : null)}>
					{(now) =>
						now.open ? (
							<Inviting setUp={now} reload={setUp.reload} onClosed={() => setClosed(true)} />
						) : (
							<Over />
						)
					}
				</Ready>
			)}
		</main>
	);
}

/** Over says that there is nothing left to do here. */
function Over() {
	return (
		<>
			<Notice tone="ok" live>
				{m["setup.closed"]()}
			</Notice>
			<LinkButton wide href="/settings">
				{m["set.title"]()}
			</LinkButton>
		</>
	);
}

interface InvitingProps {
	setUp: SetUpState;
	reload: () => void;
	onClosed: () => void;
}

function Inviting({ setUp, reload, onClosed }: InvitingProps) {
	const [made, setMade] = useState<InvitationCode | null>(null);
	return (
		<>
			<div class="stack tight">
				<p>{m["setup.invite"]()}</p>
				<p class="soft">{m["setup.people.why"]()}</p>
			</div>
			{made && <CodeCard key={made.code} made={made} onHide={() => setMade(null)} />}
			<ul class="card list">
				{setUp.invitations.map((one) => (
					<li key={one.role}>
						<Line
							of={one}
							onMade={(code) => {
								setMade(code);
								reload();
							}}
						/>
					</li>
				))}
			</ul>
			<Closing missing={setUp.invitations.filter(({ state }) => state !== "taken")} onClosed={onClosed} />
		</>
	);
}

function Line({ of: one, onMade }: { of: Seat; onMade: (code: InvitationCode) => void }) {
	const intention = useRef(new Intention()).current;
	const making = useAct(async () => onMade(await invite(one.role, intention)));
	const waiting = one.state === "waiting";
	return (
		<>
			<Icon of={me} framed />
			<div class="grow stack">
				<b>{roleWords(one.role)}</b>
				<p>
					{one.state === "taken" ? (
						<Badge tone="ok" picture={ok}>
							{m["setup.state.taken"]()}
						</Badge>
					) : (
						<Badge tone={waiting ? "info" : "warn"} picture={waiting ? wait : fresh}>
							{waiting ? m["setup.state.waiting"]() : m["setup.state.none"]()}
						</Badge>
					)}
				</p>
				{waiting && (
					<p class="soft">
						{one.until && m["setup.state.until"]({ date: untilWords(one.until) })}
						<br />
						{m["setup.again.what"]()}
					</p>
				)}
				<Trouble problem={making.problem} />
				{one.state !== "taken" && (
					<div>
						<Button busy={making.busy} onPress={making.run}>
							{waiting ? m["setup.again"]() : m["setup.make"]()}
							<span class="sr">: {roleWords(one.role)}</span>
						</Button>
					</div>
				)}
			</div>
		</>
	);
}

function Closing({ missing, onClosed }: { missing: Seat[]; onClosed: () => void }) {
	const [asking, setAsking] = useState(false);
	const intention = useRef(new Intention()).current;
	const closing = useAct(async () => {
		await closeSetUp(intention);
		setAsking(false);
		onClosed();
	});
	function leave(): void {
		closing.clear();
		setAsking(false);
	}
	return (
		<section class="card stack">
			<div>
				<h2>{m["setup.close.title"]()}</h2>
				<p class="soft">{m["setup.close.what"]()}</p>
			</div>
			<div>
				<Button kind="stop" picture={lock} onPress={() => setAsking(true)}>
					{m["setup.close"]()}
				</Button>
			</div>
			<Dialog open={asking} title={m["setup.close.ask"]()} onClose={leave}>
				{missing.length > 0 && (
					<Notice tone="warn">
						{m["setup.close.missing"]({ roles: missing.map(({ role }) => roleWords(role)).join(", ") })}
					</Notice>
				)}
				<p>{m["setup.close.what"]()}</p>
				<Trouble problem={closing.problem} />
				<Button kind="stop" wide busy={closing.busy} onPress={closing.run}>
					{m["setup.close"]()}
				</Button>
				<Button wide onPress={leave}>
					{m["do.later"]()}
				</Button>
			</Dialog>
		</section>
	);
}
