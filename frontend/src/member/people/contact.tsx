import type { ComponentChildren } from "preact";
import { prove } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { Button } from "../../ui/index.ts";
import { eye } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import type { Person } from "./api.ts";
import { BirthWords } from "./birth-words.tsx";

/** Contact is how and where she can be reached, as far as it may be seen. */
export function Contact({ person }: { person: Person }) {
	return (
		<>
			<Pair name={m["mine.field.phone"]()}>
				{person.phone ? (
					<span class="nb">{person.phone}</span>
				) : (
					<span class="soft">{m["people.phoneHidden"]()}</span>
				)}
			</Pair>
			<Pair name={m["register.field.birth"]()}>
				<BirthWords birth={person.birth} />
			</Pair>
			<Pair name={m["mine.field.district"]()}>
				{person.district ? localised(person.district) : <span class="soft">{m["mine.notHeld"]()}</span>}
			</Pair>
		</>
	);
}

/** Closed stands where phone, birth and place are hidden until she has shown again that it is she. */
export function Closed({ onOpen }: { onOpen: () => Promise<void> }) {
	const opening = useAct(async () => {
		if (await prove()) await onOpen();
	});
	return (
		<div class="stack tight">
			<p class="soft">{m["own.closed.what"]()}</p>
			<Trouble problem={opening.problem} />
			<Button picture={eye} busy={opening.busy} onPress={opening.run}>
				{m["own.closed.show"]()}
			</Button>
		</div>
	);
}

/** Pair is one thing about her, by its name. */
export function Pair({ name, children }: { name: string; children: ComponentChildren }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd class="end">{children}</dd>
		</div>
	);
}
