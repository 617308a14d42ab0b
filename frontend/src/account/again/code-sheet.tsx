import { useEffect, useRef, useState } from "preact/hooks";
import { m } from "../../lib/words/index.ts";
import { CopyOrPrint } from "../../ui/copy-or-print.tsx";
import { Button, Notice, Tick } from "../../ui/index.ts";
import { print } from "../../ui/pictures.ts";

/**
 * CodeSheet shows her code this once, under a title that tells nothing. Out of
 * the printer comes the code alone, and no word.
 */
export function CodeSheet({ code, onDone }: { code: string; onDone: () => void }) {
	const [saved, setSaved] = useState(false);
	const [tried, setTried] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	const sheet = useRef<HTMLOListElement>(null);
	useEffect(() => {
		heading.current?.focus({ preventScroll: true });
		heading.current?.scrollIntoView({ block: "center" });
	}, []);
	function go(): void {
		setTried(true);
		if (saved) onDone();
	}
	return (
		<div class="stack">
			<h3 ref={heading} tabIndex={-1}>
				{m["lost.code.sheet"]()}
			</h3>
			<Notice tone="warn" picture={print} live>
				{m["lost.code.once"]()}
			</Notice>
			<ol class="sheet num" ref={sheet} translate={false}>
				<li class="handle">{code}</li>
			</ol>
			<CopyOrPrint of={sheet} />
			<Tick
				checked={saved}
				onChange={setSaved}
				error={tried && !saved ? m["lost.code.savedMissing"]() : null}
			>
				{m["lost.code.saved"]()}
			</Tick>
			<Button kind="primary" wide onPress={go}>
				{m["do.next"]()}
			</Button>
		</div>
	);
}
