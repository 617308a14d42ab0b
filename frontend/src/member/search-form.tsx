import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { Field } from "../ui/index.ts";

// Long enough for the next letter, short enough to feel at once.
const pauseMs = 250;

interface Props {
	/** What is looked for now. */
	sought: string;
	hint?: string;
	/** Whether it is on the paper too when the list is printed. */
	printed?: boolean;
	onSearch: (q: string) => void;
	/** What else narrows the list. */
	children: ComponentChildren;
}

/** SearchForm looks for a name in either script from its first letter, while it is typed. */
export function SearchForm({ sought, hint, printed = true, onSearch, children }: Props) {
	const [q, setQ] = useState(sought);
	useEffect(() => setQ(sought), [sought]);
	useEffect(() => {
		if (q === sought) return;
		const later = setTimeout(() => onSearch(q), pauseMs);
		return () => clearTimeout(later);
	}, [q, sought, onSearch]);
	return (
		<search class={printed ? undefined : "no-print"}>
			<form
				class="filters three"
				onSubmit={(event) => {
					event.preventDefault();
					onSearch(q);
				}}
			>
				<Field
					label={m["people.search"]()}
					hint={hint}
					type="search"
					inputMode="search"
					maxLength={100}
					value={q}
					onInput={setQ}
				/>
				{children}
			</form>
		</search>
	);
}
