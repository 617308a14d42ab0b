import { useEffect, useRef, useState } from "preact/hooks";
import { Intention } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Button, Dialog, LinkButton, Notice } from "../../ui/index.ts";
import { eye, key, ok } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { askToReturn, handleOf, type Person } from "./api.ts";

/** LostWords helps whoever sits beside her and can't come in: her name, or a way to new words by two people. */
export function LostWords({ person }: { person: Person }) {
	return (
		<section class="stack ruled">
			<div>
				<h3>{m["people.lost.title"]()}</h3>
				<p class="soft">{m["people.lost.beside"]()}</p>
			</div>
			<SignInName id={person.id} />
			<LetIn person={person} />
		</section>
	);
}

/** SignInName is covered until it is pressed, and covered again after that. */
function SignInName({ id }: { id: string }) {
	const [handle, setHandle] = useState<string | null>(null);
	const looking = useAct(async () => setHandle(await handleOf(id)));
	return (
		<div class="stack tight">
			<Trouble problem={looking.problem} />
			<div role="status">
				{handle && (
					<p class="handle" translate={false}>
						{handle}
					</p>
				)}
			</div>
			{handle ? (
				<Button kind="quiet" wide picture={eye} onPress={() => setHandle(null)}>
					{m["people.lost.cover"]()}
				</Button>
			) : (
				<Button wide picture={eye} busy={looking.busy} onPress={looking.run}>
					{m["people.lost.name"]()}
				</Button>
			)}
			<p class="soft">{m["people.lost.name.what"]()}</p>
		</div>
	);
}

function LetIn({ person }: { person: Person }) {
	const [asking, setAsking] = useState(false);
	const [asked, setAsked] = useState(false);
	const intention = useRef(new Intention()).current;
	const told = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (asked) told.current?.focus();
	}, [asked]);
	const sending = useAct(async () => {
		// The question for her own words would lie under this one.
		setAsking(false);
		await askToReturn(person.id, intention);
		setAsked(true);
	});
	if (asked) {
		return (
			<div class="stack" ref={told} tabIndex={-1}>
				<Notice tone="ok" live>
					{m["people.lost.asked"]()}
				</Notice>
				<LinkButton wide picture={ok} href="/asks">
					{m["asks.nav"]()}
				</LinkButton>
			</div>
		);
	}
	return (
		<>
			<Trouble problem={sending.problem} />
			<Button wide picture={key} busy={sending.busy} onPress={() => setAsking(true)}>
				{m["people.lost.help"]()}
			</Button>
			<Dialog
				open={asking}
				title={m["people.lost.ask"]({ name: person.name })}
				onClose={() => setAsking(false)}
			>
				<p>
					<b>{m["people.lost.sure"]()}</b>
				</p>
				<p>{m["people.lost.then"]()}</p>
				<p>{m["people.lost.held"]()}</p>
				<Button kind="primary" wide onPress={sending.run}>
					{m["people.lost.send"]()}
				</Button>
				<Button kind="quiet" wide onPress={() => setAsking(false)}>
					{m["do.later"]()}
				</Button>
			</Dialog>
		</>
	);
}
