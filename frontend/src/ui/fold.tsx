import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { down } from "./pictures.ts";

interface Props {
	title: ComponentChildren;
	picture: string;
	/** Drawn while it is open; what was typed there goes when it is closed. */
	children: () => ComponentChildren;
}

/** Fold is a part of a page that is opened when it is wanted; until then it asks the server for nothing. */
export function Fold({ title, picture, children }: Props) {
	const [open, setOpen] = useState(false);
	return (
		<details class="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary class="line one">
				<Icon of={picture} />
				<h2 class="grow">{title}</h2>
				<Icon of={down} />
			</summary>
			{open && <div class="stack fold">{children()}</div>}
		</details>
	);
}
