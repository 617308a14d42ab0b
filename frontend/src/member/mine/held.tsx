import { useState } from "preact/hooks";
import { has } from "../../account/index.ts";
import type { HeldField, Me } from "../../lib/api/index.ts";
import { dayWords } from "../../lib/calendar/index.ts";
import { districtWords } from "../../lib/place/index.ts";
import { chooseLanguage, isLanguage, localised, m, numerals, ownName } from "../../lib/words/index.ts";
import { Button, Icon } from "../../ui/index.ts";
import { eye, plus } from "../../ui/pictures.ts";
import { Said } from "../../ui/said.tsx";
import { BirthWords } from "../people/birth-words.tsx";
import { stateWords } from "../words.ts";
import { ChangeOwn } from "./change-own.tsx";
import { fieldName, readerNames } from "./field-names.ts";
import { type Changeable, changeable, isChangeable } from "./own-change.ts";
import type { Mine } from "./page.tsx";

interface Props {
	mine: Mine;
	onChanged: (mine: Mine) => void;
	reload: () => void;
}

/** What is kept: what the server lists with its readers, and her language, which nobody reads but she. */
type Kept = Omit<HeldField, "field"> & { field: HeldField["field"] | "language" };

/** Held lists each thing that is kept, its value, who may read it, and lets her put right what is her own to say. */
export function Held({ mine, onChanged, reload }: Props) {
	const [changing, setChanging] = useState<Changeable | null>(null);
	const [said, setSaid] = useState<string | null>(null);
	const held: Kept[] = [
		...mine.data.held,
		{ field: "language", value: mine.data.language, readers: [], damaged: false },
	];
	const unkept = changeable.filter((field) => held.every((one) => one.field !== field));
	function open(field: Changeable): void {
		setSaid(null);
		setChanging(field);
	}
	return (
		<section class="stack">
			<div>
				<h2>{m["mine.held"]()}</h2>
				{mine.data.until && <p class="soft">{m["own.until"]({ date: dayWords(mine.data.until) })}</p>}
			</div>
			{said && <Said>{said}</Said>}
			<dl class="card list held">
				{held.map((one) => (
					<div key={one.field}>
						<dt>{fieldName(one.field)}</dt>
						<dd class="grow">
							<Value held={one} me={mine.data} />
							<Readers readers={one.readers} />
						</dd>
						{isChangeable(one.field) && changing !== one.field && (
							<dd>
								<ChangeButton field={one.field} onPress={open} />
							</dd>
						)}
					</div>
				))}
				{has("member") && <Elsewhere />}
			</dl>
			{changing && (
				<ChangeOwn
					key={changing}
					field={changing}
					mine={mine}
					onDone={(now) => {
						setChanging(null);
						if (!now) return;
						// What is hers from now on is what she reads on.
						if (changing === "language" && isLanguage(now.data.language)) chooseLanguage(now.data.language);
						setSaid(changing === "alias" ? m["mine.alias.kept"]() : m["own.kept"]());
						onChanged(now);
					}}
					reload={reload}
				/>
			)}
			{!changing && unkept.length > 0 && (
				<div class="line">
					{unkept.map((field) => (
						<Button key={field} kind="quiet" picture={plus} onPress={() => open(field)}>
							{m["own.add"]({ what: fieldName(field) })}
						</Button>
					))}
				</div>
			)}
		</section>
	);
}

function ChangeButton({ field, onPress }: { field: Changeable; onPress: (field: Changeable) => void }) {
	return (
		<Button kind="quiet" onPress={() => onPress(field)}>
			{m["do.change"]()} <span class="sr">{fieldName(field)}</span>
		</Button>
	);
}

function Value({ held, me }: { held: Kept; me: Me }) {
	if (held.damaged) return <b>{m["mine.damaged"]()}</b>;
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
		case "age":
			return <b>{ageWords(held.value)}</b>;
		case "membership":
			return <b>{stateWords(me.membership.state)}</b>;
		case "consents":
			return <b>{numerals(String(me.consents.filter((c) => !c.withdrawnAt).length))}</b>;
		case "district":
			return <b>{held.value ? districtWords(held.value) : m["mine.notHeld"]()}</b>;
		case "language":
			return <b>{isLanguage(me.language) ? ownName[me.language] : m["mine.notHeld"]()}</b>;
		default:
			return <b>{held.value || m["mine.notHeld"]()}</b>;
	}
}

function ageWords(said: string | null | undefined): string {
	if (said === "older") return m["mine.age.older"]();
	return said === "younger" ? m["mine.age.younger"]() : m["mine.age.unsaid"]();
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
