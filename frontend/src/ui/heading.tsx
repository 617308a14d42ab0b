import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

// The first page is left as the browser opens it, so that the first tab stop is
// the way out.
let opened = false;

/**
 * Heading is the first heading of a page, or of a step of it when given another
 * `key`. It takes the focus when it appears, so that a screen reader starts there.
 */
export function Heading({ children }: { children: ComponentChildren }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		if (opened) {
			heading.current?.focus({ preventScroll: true });
			window.scrollTo(0, 0);
		}
		opened = true;
	}, []);
	return (
		<h1 ref={heading} tabIndex={-1}>
			{children}
		</h1>
	);
}
