import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Notice } from "./notice.tsx";

/**
 * useArrival brings what a press has put on the page into sight, and the focus to
 * it, for what was pressed is gone. It must be able to take it (`tabIndex`).
 */
export function useArrival<Element extends HTMLElement>(): RefObject<Element> {
	const place = useRef<Element>(null);
	useEffect(() => {
		place.current?.focus({ preventScroll: true });
		place.current?.scrollIntoView({ block: "nearest" });
	}, []);
	return place;
}

interface Props {
	tone?: "ok" | "warn";
	children: ComponentChildren;
}

/** Said tells what came of what she asked for, and takes the focus. */
export function Said({ tone = "ok", children }: Props) {
	const box = useArrival<HTMLDivElement>();
	return (
		<div ref={box} tabIndex={-1} class="trouble" role="status">
			<Notice tone={tone}>{children}</Notice>
		</div>
	);
}
