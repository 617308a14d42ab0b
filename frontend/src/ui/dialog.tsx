import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
	open: boolean;
	title: ComponentChildren;
	onClose: () => void;
	children: ComponentChildren;
}

/** Dialog asks one thing above the page. Escape and its own buttons close it; the focus goes back by itself. */
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
					<h2 id={id}>{title}</h2>
					{children}
				</div>
			)}
		</dialog>
	);
}
