import type { ComponentChildren } from "preact";
import { m } from "../lib/words/index.ts";
import { Button } from "./button.tsx";
import { back } from "./pictures.ts";

/** SidePart stands beside a list with the one thing that was opened from it, and leads back. */
export function SidePart({ onClose, children }: { onClose: () => void; children: ComponentChildren }) {
	return (
		<aside class="card stack side-part">
			<div>
				<Button kind="quiet" picture={back} onPress={onClose}>
					{m["people.back"]()}
				</Button>
			</div>
			{children}
		</aside>
	);
}
