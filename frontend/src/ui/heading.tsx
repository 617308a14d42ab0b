import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

// Until she has pressed something the page is left as the browser opens it, so
// that the first tab stop is the way out.
let pressed = false;
for (const sign of ["click", "submit"]) {
	globalThis.document?.addEventListener(sign, () => (pressed = true), { capture: true, once: true });
}

/**
 * Heading is the first heading of a page, or of a step of it when given another
 * `key`. It takes the focus when it appears, so that a screen reader starts there.
 */
export function Heading({ children }: { children: ComponentChildren }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		if (!pressed) return;
		heading.current?.focus({ preventScroll: true });
		window.scrollTo(0, 0);
	}, []);
	return (
		<h1 ref={heading} tabIndex={-1}>
			{children}
		</h1>
	);
}
