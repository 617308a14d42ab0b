import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { Button } from "./button.tsx";
import { copy, print } from "./pictures.ts";

/** CopyOrPrint takes along what is shown once: `of` holds exactly what is copied. */
export function CopyOrPrint({ of }: { of: RefObject<HTMLElement> }) {
	const [copied, setCopied] = useState<boolean | null>(null);
	// The clipboard's own interface is switched off for all pages; copying what is
	// selected needs no permission.
	function take(): void {
		if (!of.current) return;
		const selection = getSelection();
		selection?.selectAllChildren(of.current);
		setCopied(document.execCommand("copy"));
		selection?.removeAllRanges();
	}
	return (
		<>
			<div class="line">
				<div class="grow">
					<Button wide picture={copy} onPress={take}>
						{m["do.copy"]()}
					</Button>
				</div>
				<div class="grow">
					<Button wide picture={print} onPress={() => window.print()}>
						{m["do.print"]()}
					</Button>
				</div>
			</div>
			<p class="soft" role="status">
				{copied === true && (
					<>
						<b>{m["join.done.copied"]()}</b> {m["receipt.copyHint"]()}
					</>
				)}
				{copied === false && <b>{m["join.done.copyFailed"]()}</b>}
			</p>
		</>
	);
}
