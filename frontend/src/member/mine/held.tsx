import { useState } from "preact/hooks";
import { has } from "../../account/index.ts";
import { api, type HeldField, type Me } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { localised, m, numerals } from "../../lib/words/index.ts";
import { Button, Field, Form, Icon, Notice } from "../../ui/index.ts";
import { eye, lock } from "../../ui/pictures.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { BirthWords } from "../people/birth-words.tsx";
import { stateWords } from "../words.ts";
import { fieldName, readerNames } from "./field-names.ts";
import type { Mine } from "./page.tsx";

interface Props {
	mine: Mine;
	onChanged: (mine: Mine) => void;
	reload: () => void;
}

/** Held lists each thing that is kept, its value, and who may read it. */
export function Held({ mine, onChanged, reload }: Props) {
	const [renaming, setRenaming] = useState(false);
	const [renamed, setRenamed] = useState(false);
	return (
		<section class="stack">
			<h2>{m["mine.held"]()}</h2>
			{renamed && (
				<Notice tone="ok" live>
					{m["mine.alias.kept"]()}
				</Notice>
			)}
			<dl class="card list held">
				{mine.data.held.map((held) => (
					<div key={held.field}>
						<dt>{fieldName(held.field)}</dt>
						<dd class="grow">
							<Value held={held} me={mine.data} />
							<Readers readers={held.readers} />
						</dd>
						{held.field === "alias" && !renaming && (
							<dd>
								<Button kind="quiet" onPress={() => setRenaming(true)}>
									{m["do.change"]()}
								</Button>
							</dd>
						)}
						{held.field === "paper_name" && (
							<dd>
								<Icon of={lock} />
							</dd>
						)}
					</div>
				))}
				{has("member") && <Elsewhere />}
			</dl>
			{renaming && (
				<Rename
					mine={mine}
					onDone={(now) => {
						setRenaming(false);
						setRenamed(now !== null);
						if (now) onChanged(now);
					}}
					reload={reload}
				/>
			)}
		</section>
	);
}

function Value({ held, me }: { held: HeldField; me: Me }) {
	switch (held.field) {
		case "sign_in":
			return (
				<>
					<b translate={false}>{me.handle}</b>
					<p>{m["mine.wordsHidden"]()}</p>
				</>
			);
		case "group":
			return <b>{me.group ? localised(me.group.name) : m["mine.noGroup"]()}</b>;
		case "birth":
			return (
				<b>
					<BirthWords birth={me.birth} />
				</b>
			);
		case "membership":
			return <b>{stateWords(me.membership.state)}</b>;
		case "consents":
			return <b>{numerals(String(me.consents.filter((c) => !c.withdrawnAt).length))}</b>;
		case "phone":
			return <b>{held.value ? numerals(held.value) : m["mine.notHeld"]()}</b>;
		default:
			return <b>{held.value || m["mine.notHeld"]()}</b>;
	}
}

// Kept too, and shown on pages of their own.
function Elsewhere() {
	return (
		<>
			<div>
				<dt>{m["nav.meet"]()}</dt>
				<dd class="grow">
					<a href="/meet">{m["mine.see.meet"]()}</a>
					<Readers readers={["coordinator", "peerSupporter"]} />
				</dd>
			</div>
			<div>
				<dt>{m["nav.learn"]()}</dt>
				<dd class="grow">
					<a href="/learn">{m["mine.see.learn"]()}</a>
					<Readers readers={["coordinator", "trainer"]} />
				</dd>
			</div>
		</>
	);
}

function Readers({ readers }: { readers: readonly string[] }) {
	return (
		<p class="soft">
			<Icon of={eye} /> {m["mine.mayRead"]({ who: readerNames(readers) })}
		</p>
	);
}

interface RenameProps {
	mine: Mine;
	onDone: (now: Mine | null) => void;
	reload: () => void;
}

function Rename({ mine, onDone, reload }: RenameProps) {
	const [alias, setAlias] = useState(mine.data.alias);
	const renaming = useAct(async () => {
		onDone(await api.patch("/api/me", { body: { alias: alias.trim() }, version: mine.version }));
	});
	const stale = renaming.problem?.status === 412;
	function lookAgain(): void {
		renaming.clear();
		reload();
	}
	return (
		<Form class="card stack" onSend={() => void renaming.run()}>
			<Trouble problem={renaming.problem} />
			<Field
				label={m["mine.alias.new"]()}
				hint={m["join.alias.who"]()}
				first
				value={alias}
				onInput={setAlias}
				error={fieldWords(renaming.problem, "alias")}
			/>
			<div class="line">
				{stale ? (
					// Two buttons, not one that turns into the other: the press on this one must not send.
					<Button key="again" onPress={lookAgain}>
						{m["state.again"]()}
					</Button>
				) : (
					<Button key="keep" type="submit" kind="primary" busy={renaming.busy}>
						{m["do.keep"]()}
					</Button>
				)}
				<Button kind="quiet" onPress={() => onDone(null)}>
					{m["do.leave"]()}
				</Button>
			</div>
		</Form>
	);
}
