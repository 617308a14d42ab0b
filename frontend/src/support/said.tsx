import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Notice } from "../ui/index.ts";

/** Said tells that what she asked for is done. It takes the focus, for the button she pressed is gone. */
export function Said({ children }: { children: ComponentChildren }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		box.current?.focus({ preventScroll: true });
		box.current?.scrollIntoView({ block: "nearest" });
	}, []);
	return (
		<div ref={box} tabIndex={-1} class="trouble" role="status">
			<Notice tone="ok">{children}</Notice>
		</div>
	);
}
