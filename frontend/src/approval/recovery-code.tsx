import { useEffect, useRef, useState } from "preact/hooks";
import { clockDigits, nepalClock } from "../lib/calendar/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Notice } from "../ui/index.ts";
import { hand } from "../ui/pictures.ts";
import type { HandOver } from "./api.ts";

interface Props {
	made: HandOver;
	handle: string | null;
	onHide: () => void;
}

/**
 * RecoveryCode shows a code once and large, to be put into her hand. It is in no
 * address, can't be shown again, and goes from the screen when its time is over.
 */
export function RecoveryCode({ made, handle, onHide }: Props) {
	const [over, setOver] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		heading.current?.focus({ preventScroll: true });
		heading.current?.scrollIntoView({ block: "nearest" });
	}, []);
	useEffect(() => {
		const timer = setTimeout(() => setOver(true), Date.parse(made.until) - Date.now());
		return () => clearTimeout(timer);
	}, [made.until]);
	return (
		<section class="stack ruled">
			<h3 ref={heading} tabIndex={-1}>
				{m["asks.code.title"]()}
			</h3>
			{over ? (
				<Notice tone="info" live>
					{m["asks.code.over"]()}
				</Notice>
			) : (
				<>
					<ol class="code num" translate={false}>
						{made.code.split("-").map((part, i) => (
							<li key={i}>{part}</li>
						))}
					</ol>
					<p>
						<b>{m["asks.code.until"]({ time: clockDigits(nepalClock(made.until)) })}</b>
					</p>
					<Notice tone="warn" picture={hand}>
						{m["asks.code.give"]()}
					</Notice>
					<p class="long">
						{m["asks.code.where"]()}
						<br />
						<b translate={false}>{`${location.host}/again`}</b>
						{handle && (
							<>
								<br />
								<b translate={false}>{handle}</b>
							</>
						)}
					</p>
					<p>{m["asks.code.then"]()}</p>
				</>
			)}
			<Button wide onPress={onHide}>
				{over ? m["do.close"]() : m["asks.code.hide"]()}
			</Button>
		</section>
	);
}
