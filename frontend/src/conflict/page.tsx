import { useRef, useState } from "preact/hooks";
import { has } from "../account/index.ts";
import { Intention } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Button, Heading, Notice, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { ok, plus } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type Declaration, type Declarations, findOwn, findReaders, sayNone } from "./api.ts";
import { DeclareForm } from "./declare-form.tsx";
import { Others } from "./others.tsx";
import { Own } from "./own.tsx";

/**
 * TiesPage is where somebody on staff says whom she is too close to, so that
 * nothing about them comes into her hands.
 */
export default function TiesPage() {
	const own = usePaged<Declaration>(findOwn);
	const readers = useLoad(findReaders, []);
	const [told, setTold] = useState<string | null>(null);
	const intention = useRef(new Intention()).current;
	const saying = useAct(async () => {
		await sayNone(intention);
		setTold(m["ties.none.done"]());
		own.reload();
	});
	const asked = (own.data as Declarations | null)?.asked ?? null;
	const standing = own.items.filter(({ state }) => state !== "ended");
	return (
		<main id="main">
			<div>
				<Heading>{m["ties.title"]()}</Heading>
				<p class="soft">{m["ties.intro"]()}</p>
			</div>
			<Ready of={own}>
				{() => (
					<>
						{asked ? (
							<p class="soft">{m["ties.asked"]({ day: dayWords(asked) })}</p>
						) : (
							<Notice tone="warn">{m["ties.never"]()}</Notice>
						)}
						{told && (
							<Notice tone="ok" live>
								{told}
							</Notice>
						)}
						{standing.length === 0 && (
							<>
								<Trouble problem={saying.problem} />
								<Button wide picture={ok} busy={saying.busy} onPress={saying.run}>
									{m["ties.none"]()}
								</Button>
							</>
						)}
						<Fold title={m["ties.add"]()} picture={plus}>
							{() => (
								<DeclareForm
									onKept={() => {
										setTold(m["ties.kept"]());
										own.reload();
									}}
								/>
							)}
						</Fold>
						<section class="stack">
							<h2>{m["ties.list"]()}</h2>
							{own.items.length === 0 ? (
								<p class="soft">{m["ties.list.none"]()}</p>
							) : (
								own.items.map((one) => (
									<Own
										key={one.id}
										one={one}
										readers={readers.data ?? []}
										onChanged={(now) => own.replace((was) => (was.id === now.id ? now : was))}
									/>
								))
							)}
							<More of={own.more} />
						</section>
					</>
				)}
			</Ready>
			{has("focalPoint", "deputy", "board") && <Others />}
		</main>
	);
}
