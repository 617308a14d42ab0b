import { useEffect, useRef } from "preact/hooks";
import { roleWords } from "../account/index.ts";
import type { InvitationCode } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Notice } from "../ui/index.ts";
import { hand } from "../ui/pictures.ts";
import { untilWords } from "./set-up.ts";

interface Props {
	made: InvitationCode;
	onHide: () => void;
}

/**
 * CodeCard shows a code once and large, to be written on paper and given from
 * hand to hand. It is in no address and can't be shown again.
 */
export function CodeCard({ made, onHide }: Props) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		heading.current?.focus({ preventScroll: true });
		heading.current?.scrollIntoView({ block: "center" });
	}, []);
	return (
		<section class="card slab stack">
			<h2 ref={heading} tabIndex={-1}>
				{m["setup.shown.title"]({ role: roleWords(made.role) })}
			</h2>
			<ol class="code num" translate={false}>
				{made.code.split("-").map((part, i) => (
					<li key={i}>{part}</li>
				))}
			</ol>
			<Notice tone="warn" picture={hand}>
				{m["setup.shown.give"]()}
			</Notice>
			<p>{m["setup.shown.once"]({ date: untilWords(made.until) })}</p>
			<p>
				{m["setup.shown.where"]()}
				<br />
				<b translate={false}>{`${location.host}/invited`}</b>
			</p>
			<Button wide onPress={onHide}>
				{m["setup.shown.hide"]()}
			</Button>
		</section>
	);
}
