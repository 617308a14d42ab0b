import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { homeOf, session } from "../account/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m, safePage } from "../lib/words/index.ts";
import { Bench, Heading, Icon, LanguageChooser, LinkButton, Notice } from "../ui/index.ts";
import { hand, lock, next, talk } from "../ui/pictures.ts";
import { findOrganisation } from "./organisation.ts";

/**
 * Start says what this is in one sentence, and nothing of why anyone comes. It
 * is drawn before the server has said anything; whoever is signed in goes on to
 * her own page.
 */
export function Start() {
	const { route } = useLocation();
	const who = session.value;
	const organisation = useLoad(findOrganisation);
	useEffect(() => {
		if (who) route(homeOf(who), true);
	}, [who, route]);

	return (
		<main id="main">
			<LanguageChooser />
			<div>
				<Bench />
				<Heading>{m["brand.name"]()}</Heading>
				<p class="lead">{m["start.what"]()}</p>
			</div>
			{organisation.data?.setUp === false ? (
				<NotSetUp open={organisation.data.foundingOpen} />
			) : (
				<Choices joining={organisation.data?.kind !== "supporting"} />
			)}
			<Otherwise />
			{/* Last, since it comes late: nothing that she was about to press moves. */}
			{organisation.data?.demo && <Notice tone="warn">{m["demo.note"]()}</Notice>}
		</main>
	);
}

/** Choices are the two ways in. A supporting body takes no members. */
function Choices({ joining }: { joining: boolean }) {
	return (
		<section class="card slab stack">
			<LinkButton kind="primary" wide href="/in">
				{m["signin.title"]()}
			</LinkButton>
			{joining && (
				<>
					<LinkButton wide href="/join">
						{m["join.title"]()}
					</LinkButton>
					<p class="soft">{m["join.nothing"]()}</p>
				</>
			)}
		</section>
	);
}

function NotSetUp({ open }: { open: boolean }) {
	return (
		<section class="card slab stack">
			<p>{m["start.notSetUp"]()}</p>
			{open && (
				<LinkButton kind="primary" wide href="/begin">
					{m["setup.start"]()}
				</LinkButton>
			)}
		</section>
	);
}

// There is always another way than this page, and a word about the phone.
function Otherwise() {
	return (
		<ul class="card list">
			<li>
				<Icon of={hand} framed />
				<span class="grow">
					{m["start.other"]()} <span class="soft">{m["start.notUrgent"]()}</span>
				</span>
			</li>
			<li>
				<Icon of={talk} framed />
				<span class="grow">
					<a href="/talk">
						<b>{m["talk.title"]()}</b>
					</a>
					<br />
					<span class="soft">{m["start.talk"]()}</span>
				</span>
				<Icon of={next} />
			</li>
			<li>
				<Icon of={lock} framed />
				<a class="grow" href={safePage()}>
					{m["safe.title"]()}
				</a>
				<Icon of={next} />
			</li>
		</ul>
	);
}
