import { m } from "../lib/words/index.ts";
import { Icon, Notice } from "../ui/index.ts";
import { child, eye, lock } from "../ui/pictures.ts";
import { OutsideList } from "./outside.tsx";
import type { OutsideWay, Reader, TalkForm } from "./types.ts";
import { readerRoleWords } from "./words.ts";

/** named says readers by name, with what they are; a name that isn't known is left out. */
function named(readers: readonly Reader[]): string {
	const one = ({ name, role }: Reader) =>
		name ? `${name} (${readerRoleWords(role)})` : readerRoleWords(role);
	return readers.map(one).join(", ");
}

/** WhoReads says who reads it now, and to whom it goes on when no answer comes. */
export function WhoReads({ readers }: { readers: readonly Reader[] }) {
	const [first, ...later] = readers;
	if (!first) return null;
	return (
		<>
			<b>{m["talk.reads"]({ names: named([first]) })}</b>
			{later.length > 0 && (
				<>
					<br />
					<span class="soft">{m["talk.who.then"]({ names: named(later) })}</span>
				</>
			)}
		</>
	);
}

/** BeforeWriting says: who reads, who does not, and what cannot be kept secret. */
export function BeforeWriting({ readers, form }: { readers: readonly Reader[] | null; form: TalkForm }) {
	return (
		<section class="card slab stack">
			<h2>{m["talk.who.title"]()}</h2>
			<ul class="list">
				<li>
					<Icon of={eye} framed />
					<span class="grow">
						{readers ? (
							<WhoReads readers={readers} />
						) : (
							m["talk.who.some"]({ names: named(everyReader(form)) })
						)}
					</span>
				</li>
				<li>
					<Icon of={lock} framed />
					<span class="grow">{m["talk.about"]()}</span>
				</li>
				<li>
					<Icon of={child} framed />
					<span class="grow">{m["talk.limits"]()}</span>
				</li>
			</ul>
		</section>
	);
}

/** NobodyFree says that nobody here could read it fairly, and where she can go. */
export function NobodyFree({ outside }: { outside: readonly OutsideWay[] }) {
	return (
		<Notice tone="warn" title={m["talk.nobodyFree"]()}>
			<OutsideList ways={outside} />
		</Notice>
	);
}

/** The readers of all categories, each once. */
function everyReader(form: TalkForm): Reader[] {
	const all = new Map<string, Reader>();
	for (const { readers } of form.categories) {
		for (const reader of readers) if (!all.has(reader.id)) all.set(reader.id, reader);
	}
	return [...all.values()];
}
