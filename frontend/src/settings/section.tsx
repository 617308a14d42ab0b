import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { Button, Notice } from "../ui/index.ts";
import { pen } from "../ui/pictures.ts";

interface SectionProps {
	title: string;
	what?: ComponentChildren;
	children: ComponentChildren;
}

/** Section is one card of the settings. */
export function Section({ title, what, children }: SectionProps) {
	return (
		<section class="card stack">
			<div>
				<h2>{title}</h2>
				{what && <p class="soft">{what}</p>}
			</div>
			{children}
		</section>
	);
}

/** How an editor ends: saved, with the words for it, or null when nothing was done. */
export type Closing = (told: string | null) => void;

interface OpensProps {
	/** What is changed, for those who hear the page. */
	name: string;
	/** Without one nothing can be changed here. */
	edit: ((close: Closing) => ComponentChildren) | null;
	/** What stands there while nothing is being changed. */
	children: ComponentChildren;
	words?: string;
	picture?: string;
	/** Another button beside the one that opens the editor. */
	beside?: ComponentChildren;
}

/** Opens shows something that turns into its editor when it is to be changed, and says when that was saved. */
export function Opens({ name, edit, children, words = m["do.change"](), picture = pen, beside }: OpensProps) {
	const [open, setOpen] = useState(false);
	const [told, setTold] = useState<string | null>(null);
	const back = useRef<HTMLSpanElement>(null);
	const was = useRef(false);
	// The editor and its buttons are gone: the focus goes back to what had opened it.
	useEffect(() => {
		if (was.current && !open) back.current?.querySelector("button")?.focus();
		was.current = open;
	}, [open]);
	if (open && edit) {
		return (
			<>
				{edit((words) => {
					setTold(words);
					setOpen(false);
				})}
			</>
		);
	}
	return (
		<>
			{children}
			<div role="status">{told && <Notice tone="ok">{told}</Notice>}</div>
			{edit && (
				<div class="line">
					{beside}
					<span ref={back}>
						<Button
							picture={picture}
							onPress={() => {
								setTold(null);
								setOpen(true);
							}}
						>
							{words}
							<span class="sr">: {name}</span>
						</Button>
					</span>
				</div>
			)}
		</>
	);
}
