import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { Icon } from "./icon.tsx";
import { exit } from "./pictures.ts";

interface DialogProps {
	open: boolean;
	title: ComponentChildren;
	onClose: () => void;
	children: ComponentChildren;
}

/**
 * Dialog asks one thing above the page. Escape and its own buttons close it; the
 * focus goes back by itself. The page beneath cannot be reached meanwhile, so the
 * way out stands here too.
 */
export function Dialog({ open, title, onClose, children }: DialogProps) {
	const box = useRef<HTMLDialogElement>(null);
	const id = useId();
	useEffect(() => {
		const dialog = box.current;
		if (open && dialog && !dialog.open) dialog.showModal();
		if (!open && dialog?.open) dialog.close();
	}, [open]);
	return (
		<dialog class="dialog" ref={box} aria-labelledby={id} onClose={onClose}>
			{open && (
				<div class="stack">
					<div class="head">
						<h2 id={id} tabIndex={-1} autofocus>
							{title}
						</h2>
						<a class="btn exit" href="/exit" rel="noreferrer">
							<Icon of={exit} />
							{m["exit.button"]()}
						</a>
					</div>
					{children}
				</div>
			)}
		</dialog>
	);
}
