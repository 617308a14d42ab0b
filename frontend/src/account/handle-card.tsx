import { useRef, useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { Button, Tick } from "../ui/index.ts";
import { copy } from "../ui/pictures.ts";

interface Props {
	handle: string;
	/** She says that she has written it down. */
	have: boolean;
	onHave: (have: boolean) => void;
	error?: string | null;
}

/**
 * HandleCard shows the name of three words that the server gave her, and makes
 * sure that she has it before the page goes on: it is in no address, no history
 * and no storage.
 */
export function HandleCard({ handle, have, onHave, error }: Props) {
	const [copied, setCopied] = useState<boolean | null>(null);
	const name = useRef<HTMLParagraphElement>(null);
	// The clipboard's own interface is switched off for all pages; copying what is
	// selected needs no permission.
	function take(): void {
		if (!name.current) return;
		getSelection()?.selectAllChildren(name.current);
		setCopied(document.execCommand("copy"));
	}
	return (
		<>
			<p>{m["join.done.handle"]()}</p>
			<p class="handle" ref={name} translate={false}>
				{handle}
			</p>
			<Tick checked={have} onChange={onHave} error={error}>
				{m["join.done.have"]()}
			</Tick>
			<div>
				<Button kind="quiet" picture={copy} onPress={take}>
					{m["do.copy"]()}
				</Button>
				<p class="soft" role="status">
					{copied === true && <b>{m["join.done.copied"]()} </b>}
					{copied === false && <b>{m["join.done.copyFailed"]()} </b>}
					{m["join.done.copyHint"]()}
				</p>
			</div>
		</>
	);
}
