import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Session } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m, safePage } from "../lib/words/index.ts";
import { Bench, Busy, Button, Field, Form, Heading, Icon, LinkButton, Notice, Ready } from "../ui/index.ts";
import { down, eye } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { handleFrom } from "./handle.ts";
import { enter, farewell, halfway, homeOf, session } from "./session.ts";
import { useWait } from "./wait.ts";

/** SignIn asks for the name and the words together, and never says which of them was wrong. */
export default function SignIn() {
	const { route } = useLocation();
	const [handle, setHandle] = useState("");
	const [words, setWords] = useState("");
	const [shown, setShown] = useState(false);
	const [missing, setMissing] = useState(false);
	const signing = useAct(async () => {
		const who = await enter(handleFrom(handle), words);
		setWords("");
		if (!who.needs) route(homeOf(who), true);
	});
	const waiting = useWait(signing.problem?.retryAfter ?? null, signing.clear);

	// Whoever is signed in already has nothing to do here.
	useEffect(() => {
		if (session.value) route(homeOf(session.value), true);
	}, [route]);

	function send(): void {
		const empty = !handleFrom(handle) || !words;
		setMissing(empty);
		if (!empty && !waiting) void signing.run();
	}

	if (farewell.value === "erased") return <Erased />;
	if (halfway.value) return <Second who={halfway.value} />;
	return (
		<main id="main">
			<Farewell />
			<div>
				<Bench />
				<Heading>{m["signin.title"]()}</Heading>
			</div>
			<Form class="card slab stack" onSend={send}>
				<Trouble problem={signing.problem} />
				{missing && (
					<Notice tone="bad" live>
						{m["signin.missing"]()}
					</Notice>
				)}
				<Field
					label={m["signin.handle"]()}
					hint={m["signin.handle.hint"]()}
					value={handle}
					onInput={setHandle}
				/>
				<Field
					label={m["signin.words"]()}
					hint={shown ? undefined : m["signin.words.hint"]()}
					type={shown ? "text" : "password"}
					value={words}
					onInput={setWords}
				/>
				<Button kind="quiet" picture={eye} pressed={shown} onPress={() => setShown(!shown)}>
					{shown ? m["signin.hide"]() : m["signin.show"]()}
				</Button>
				<Button kind="primary" type="submit" wide busy={signing.busy} disabled={waiting}>
					{m["signin.title"]()}
				</Button>
				<Busy when={signing.busy} />
			</Form>
			<Help />
			<Notice tone="info">
				{m["exit.what"]()} {m["signin.memory"]()} <a href={safePage()}>{m["safe.title"]()}</a>
			</Notice>
		</main>
	);
}

/** Second is fetched for whoever owes something more than words. */
function Second({ who }: { who: Session }) {
	const file = useLoad(async () => ({ Step: (await import("./factor/second.tsx")).default }));
	if (file.data) return <file.data.Step who={who} />;
	return (
		<main id="main">
			<Heading>{m["signin.title"]()}</Heading>
			<Ready of={file} rows={1}>
				{() => null}
			</Ready>
		</main>
	);
}

/** Erased says that it is done. There is no way in to ask for. */
function Erased() {
	return (
		<main id="main">
			<Bench />
			<Heading>{m["mine.erase.done"]()}</Heading>
			<p>{m["own.erased"]()}</p>
			<p>{m["own.erased.left"]()}</p>
			<LinkButton href="/">{m["do.close"]()}</LinkButton>
		</main>
	);
}

function Farewell() {
	if (farewell.value === "signed_out") {
		return (
			<Notice tone="ok" live>
				{m["signout.done"]()}
			</Notice>
		);
	}
	if (farewell.value === "again") {
		return (
			<Notice tone="ok" live>
				{m["again.done"]()}
			</Notice>
		);
	}
	if (farewell.value === "expired") {
		return (
			<Notice tone="info" live>
				{m["signout.expired"]()}
			</Notice>
		);
	}
	return null;
}

function Help() {
	return (
		<div class="stack">
			<a class="btn wide" href="/join">
				{m["signin.first"]()}
			</a>
			<details class="card">
				<summary class="line one">
					<b class="grow">{m["signin.lost"]()}</b>
					<Icon of={down} />
				</summary>
				<div class="stack fold">
					<p>{m["signin.lostHandle.help"]()}</p>
					<p>{m["signin.lostWords.help"]()}</p>
					<LinkButton wide href="/again">
						{m["again.title"]()}
					</LinkButton>
				</div>
			</details>
		</div>
	);
}
