import { useLocation } from "preact-iso";
import { m, number } from "../lib/words/index.ts";
import { wantPerson } from "../member/index.ts";
import { Button, LinkButton } from "../ui/index.ts";
import { table } from "../ui/pictures.ts";
import type { Today } from "./page.tsx";

/** NextStep is the one thing to do first, in the largest type: who waits, then what is unfinished. */
export function NextStep({ desk, applicants }: Today) {
	const { route } = useLocation();
	const oldest = applicants[0];
	const people = desk.groups.reduce((total, group) => total + group.members, 0);

	if (desk.applications > 0) {
		return (
			<section class="card slab stack">
				<p class="big">{m["desk.first.applications"]({ count: number(desk.applications) })}</p>
				{desk.importsOpen > 0 && <Unfinished count={desk.importsOpen} />}
				{oldest && (
					<div class="line">
						<Button
							kind="primary"
							onPress={() => {
								wantPerson(oldest.id);
								route("/people");
							}}
						>
							{m["desk.answerOldest"]()}
						</Button>
					</div>
				)}
			</section>
		);
	}
	if (desk.importsOpen > 0) {
		return (
			<section class="card slab stack">
				<p class="big">{m["desk.first.imports"]({ count: number(desk.importsOpen) })}</p>
				<div class="line">
					<LinkButton kind="primary" picture={table} href="/list">
						{m["desk.continue"]()}
					</LinkButton>
				</div>
			</section>
		);
	}
	if (people === 0) {
		return (
			<section class="card slab stack">
				<p class="big">{m["desk.first.empty"]()}</p>
				<div class="line">
					<LinkButton kind="primary" picture={table} href="/list">
						{m["nav.import"]()}
					</LinkButton>
				</div>
			</section>
		);
	}
	return (
		<section class="card slab">
			<p class="big">{m["desk.first.none"]()}</p>
			<p class="soft">{m["desk.first.none.hint"]()}</p>
		</section>
	);
}

function Unfinished({ count }: { count: number }) {
	return (
		<p>
			{m["desk.first.imports"]({ count: number(count) })} <a href="/list">{m["desk.continue"]()}</a>
		</p>
	);
}
