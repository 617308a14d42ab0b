import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface FormProps {
	onSend: () => void;
	class?: string;
	children: ComponentChildren;
}

/**
 * Form sends by script alone. When something in it is marked as wrong after
 * that, the first such place takes the focus, and what is said of it is in sight.
 */
export function Form({ onSend, class: look = "stack", children }: FormProps) {
	const form = useRef<HTMLFormElement>(null);
	function send(event: Event): void {
		event.preventDefault();
		onSend();
		requestAnimationFrame(() => {
			const place = form.current?.querySelector<HTMLElement>(
				'[aria-invalid="true"], .wrong input, .wrong select',
			);
			place?.focus();
			place?.closest(".wrong")?.querySelector(".err")?.scrollIntoView({ block: "nearest" });
		});
	}
	return (
		<form ref={form} class={look} onSubmit={send} noValidate>
			{children}
		</form>
	);
}
