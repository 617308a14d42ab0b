import { m } from "../lib/words/index.ts";
import type { Matter } from "./types.ts";
import { readerRoleWords } from "./words.ts";

/** Who lists those who can read it: those in whose hands it is or was. */
export function Who({ readers }: { readers: Matter["readers"] }) {
	return (
		<section class="card stack">
			<h2>{m["handle.readers"]()}</h2>
			<ul class="list">
				{readers.map(({ name, role, me }) => (
					<li key={`${name} ${role}`}>
						<span class="ava" aria-hidden="true">
							{Array.from(name)[0]}
						</span>
						<span class="grow">
							<b>{me ? m["handle.you"]({ name }) : name}</b>
							<br />
							<span class="soft">{readerRoleWords(role)}</span>
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
