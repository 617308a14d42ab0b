import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Notice } from "../ui/index.ts";

interface Props {
	tone?: "ok" | "warn";
	children: ComponentChildren;
}

/** Said tells what came of what she asked for. It takes the focus, for the button she pressed is gone. */
export function Said({ tone = "ok", children }: Props) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		box.current?.focus({ preventScroll: true });
		box.current?.scrollIntoView({ block: "nearest" });
	}, []);
	return (
		<div ref={box} tabIndex={-1} class="trouble" role="status">
			<Notice tone={tone}>{children}</Notice>
		</div>
	);
}
