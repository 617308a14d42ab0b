import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import type { Desk } from "../lib/api/index.ts";
import { m, number } from "../lib/words/index.ts";
import { type PersonItem, wantPerson } from "../member/index.ts";
import { Button, LinkButton } from "../ui/index.ts";
import { table, talk } from "../ui/pictures.ts";
import { firstOf } from "./first.ts";

interface Props {
	desk: Desk;
	applicants: readonly PersonItem[];
	coordinator: boolean;
}

/** NextStep is the one thing to do first, in the largest type, with what is unfinished below it. */
export function NextStep({ desk, applicants, coordinator }: Props) {
	const { late, mine } = desk.grievances;
	switch (firstOf(desk, coordinator)) {
		case "late":
			return (
				<Step words={m["desk.first.late"]({ count: number(late) })}>
					<ToMatters />
				</Step>
			);
		case "due":
			return (
				<Step words={m["desk.first.due"]()}>
					<ToMatters />
				</Step>
			);
		case "applications":
			return (
				<Step words={m["desk.first.applications"]({ count: number(desk.applications) })}>
					{desk.importsOpen > 0 && <Unfinished count={desk.importsOpen} />}
					{applicants[0] && <ToApplicant id={applicants[0].id} />}
				</Step>
			);
		case "imports":
			return (
				<Step words={m["desk.first.imports"]({ count: number(desk.importsOpen) })}>
					<ToList words={m["desk.continue"]()} />
				</Step>
			);
		case "matters":
			return (
				<Step words={m["desk.first.matters"]({ count: number(mine) })}>
					<ToMatters />
				</Step>
			);
		case "empty":
			return (
				<Step words={m["desk.first.empty"]()}>
					<ToList words={m["nav.import"]()} />
				</Step>
			);
		default:
			return (
				<section class="card slab">
					<p class="big">{m["desk.first.none"]()}</p>
					<p class="soft">{coordinator ? m["desk.first.none.hint"]() : m["desk.first.none.matters"]()}</p>
				</section>
			);
	}
}

function Step({ words, children }: { words: string; children: ComponentChildren }) {
	return (
		<section class="card slab stack">
			<p class="big">{words}</p>
			{children}
		</section>
	);
}

function ToMatters() {
	return (
		<div class="line">
			<LinkButton kind="primary" picture={talk} href="/matters">
				{m["desk.openMatters"]()}
			</LinkButton>
		</div>
	);
}

function ToApplicant({ id }: { id: string }) {
	const { route } = useLocation();
	return (
		<div class="line">
			<Button
				kind="primary"
				onPress={() => {
					wantPerson(id);
					route("/people");
				}}
			>
				{m["desk.answerOldest"]()}
			</Button>
		</div>
	);
}

function ToList({ words }: { words: string }) {
	return (
		<div class="line">
			<LinkButton kind="primary" picture={table} href="/list">
				{words}
			</LinkButton>
		</div>
	);
}

function Unfinished({ count }: { count: number }) {
	return (
		<p>
			{m["desk.first.imports"]({ count: number(count) })} <a href="/list">{m["desk.continue"]()}</a>
		</p>
	);
}
