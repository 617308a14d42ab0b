import { useRef, useState } from "preact/hooks";
import { usePaged } from "../../lib/page/paged.ts";
import { m } from "../../lib/words/index.ts";
import { Button, Heading, Notice, Ready } from "../../ui/index.ts";
import { useInner } from "../../ui/inner.ts";
import { More } from "../../ui/more.tsx";
import { findToAsk } from "./api.ts";
import { AskOne } from "./ask-one.tsx";
import { outcomeWords, type Said } from "./outcome.ts";
import { ToAskTable } from "./table.tsx";

/**
 * AskPage: who came in with an old list and has not been asked yet. It prints as a
 * list to take along; here one woman at a time is asked, in person.
 */
export default function AskPage() {
	const people = usePaged(findToAsk);
	const one = useInner<string>();
	const [said, setSaid] = useState<Said | null>(null);
	const back = useRef<HTMLElement>(null);
	const asked = people.items.find((item) => item.id === one.opened);

	return (
		<main id="main">
			<Heading>{m["carry.title"]()}</Heading>
			<Ready of={people} rows={6}>
				{() =>
					asked ? (
						<AskOne
							key={asked.id}
							person={asked}
							onClose={one.close}
							onDone={(now) => {
								setSaid(now);
								one.close();
								people.reload();
							}}
						/>
					) : (
						<section class="card stack" ref={back}>
							{said && (
								<Notice tone="ok" live>
									{outcomeWords(said)}
									{said.handle && (
										<p>
											<b translate={false}>{said.handle}</b>
										</p>
									)}
								</Notice>
							)}
							{people.items.length === 0 ? (
								<p>{m["carry.none"]()}</p>
							) : (
								<>
									<p class="soft no-print">{m["carry.what"]()}</p>
									<ToAskTable people={people.items} onAsk={(id) => one.open(id)} />
									<More of={people.more} />
									<p class="line no-print">
										<Button onPress={() => print()}>{m["carry.print"]()}</Button>
									</p>
								</>
							)}
						</section>
					)
				}
			</Ready>
		</main>
	);
}
