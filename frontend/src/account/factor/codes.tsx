import { useRef, useState } from "preact/hooks";
import { Intention } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { CopyOrPrint } from "../../ui/copy-or-print.tsx";
import { Busy, Button, Notice, Tick } from "../../ui/index.ts";
import { print } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { printCodes } from "./api.ts";

interface Props {
	/** She says that she has them. */
	onDone: () => void;
	onLater: () => void;
	/** There are codes already, which the new ones replace. */
	again?: boolean;
}

/** Codes makes ten codes for her paper, shows them once, and lets her go on when she has them. */
export function Codes({ onDone, onLater, again }: Props) {
	const [codes, setCodes] = useState<readonly string[] | null>(null);
	const intention = useRef(new Intention()).current;
	const making = useAct(async () => setCodes(await printCodes(intention)));
	if (codes) return <Sheet codes={codes} onDone={onDone} />;
	return (
		<div class="stack">
			<p>
				{m["codes.why"]()} {again && m["codes.anew.what"]()}
			</p>
			<Trouble problem={making.problem} />
			<Button kind="primary" wide busy={making.busy} onPress={making.run}>
				{again ? m["codes.anew"]() : m["codes.make"]()}
			</Button>
			<Button kind="quiet" wide onPress={onLater}>
				{m["do.later"]()}
			</Button>
			<Busy when={making.busy} />
		</div>
	);
}

/** Sheet stands on this page and nowhere else; out of the printer come the codes alone, and no word. */
function Sheet({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
	const [saved, setSaved] = useState(false);
	const [tried, setTried] = useState(false);
	const list = useRef<HTMLOListElement>(null);
	function go(): void {
		setTried(true);
		if (saved) onDone();
	}
	return (
		<div class="stack">
			<Notice tone="warn" picture={print} live>
				{m["codes.once"]()}
			</Notice>
			<ol class="sheet num" ref={list} translate={false}>
				{codes.map((code) => (
					<li key={code}>{code}</li>
				))}
			</ol>
			<CopyOrPrint of={list} />
			<Tick checked={saved} onChange={setSaved} error={tried && !saved ? m["codes.savedMissing"]() : null}>
				{m["codes.saved"]()}
			</Tick>
			<Button kind="primary" wide onPress={go}>
				{m["do.next"]()}
			</Button>
		</div>
	);
}
