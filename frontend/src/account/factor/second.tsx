import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Session } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Bench, Button, Heading, Icon, LinkButton } from "../../ui/index.ts";
import { down } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { homeOf, settle, signOut } from "../session.ts";
import { findFactors, give, type Way } from "./api.ts";
import { Codes } from "./codes.tsx";
import { Enrol } from "./enrol.tsx";
import { GiveFactor } from "./give-factor.tsx";

/** SecondStep is what stands on the sign-in page after right words, for whoever owes something more. */
export default function SecondStep({ who }: { who: Session }) {
	const { route } = useLocation();
	// Enrolled, with the sign-in that goes on once she has her codes.
	const [enrolled, setEnrolled] = useState<Session | null>(null);
	const enrolling = who.needs?.kind === "enrol";
	const ways = waysOf(who);

	function go(on: Session): void {
		settle(on);
		if (!on.needs) route(homeOf(on), true);
	}
	async function toPaper(on: Session): Promise<void> {
		if (on.needs || (await findFactors()).codesLeft > 0) go(on);
		else setEnrolled(on);
	}
	if (enrolled) {
		return (
			<main id="main">
				<Heading key="codes">{m["codes.title"]()}</Heading>
				<section class="card slab stack">
					<Codes onDone={() => go(enrolled)} onLater={() => go(enrolled)} />
				</section>
			</main>
		);
	}
	return (
		<main id="main">
			<div>
				<Bench />
				<Heading key={who.needs?.kind}>{enrolling ? m["enrol.title"]() : m["factor.title"]()}</Heading>
				<p>{enrolling ? m["enrol.what"]() : m["factor.what"]()}</p>
			</div>
			<section class="card slab stack">
				{enrolling ? (
					<Enrol key={ways.join()} ways={ways} onDone={toPaper} />
				) : (
					<GiveFactor
						key={ways.join()}
						ways={ways}
						onGive={async (given) => {
							const on = await give(given);
							if (!on.needs) route(homeOf(on), true);
						}}
					/>
				)}
			</section>
			{!enrolling && <NoneAtHand />}
			<StartOver />
		</main>
	);
}

// The API document takes the list for one word.
const waysOf = (who: Session) => (who.needs?.ways ?? []) as unknown as readonly Way[];

function NoneAtHand() {
	return (
		<details class="card">
			<summary class="line one">
				<b class="grow">{m["factor.none"]()}</b>
				<Icon of={down} />
			</summary>
			<div class="stack fold">
				<p>{m["factor.none.help"]()}</p>
				<p>{m["factor.none.host"]()}</p>
				<LinkButton wide href="/again">
					{m["again.title"]()}
				</LinkButton>
			</div>
		</details>
	);
}

/** StartOver signs her out again; somebody else may want to come in. */
function StartOver() {
	const leaving = useAct(() => signOut());
	return (
		<>
			<Trouble problem={leaving.problem} />
			<Button kind="quiet" wide busy={leaving.busy} onPress={leaving.run}>
				{m["factor.startOver"]()}
			</Button>
		</>
	);
}
