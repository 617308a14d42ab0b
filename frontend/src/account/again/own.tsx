import { useRef, useState } from "preact/hooks";
import { Intention } from "../../lib/api/index.ts";
import { useAct, useLoad } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Day } from "../../ui/day.tsx";
import { Busy, Button, Notice, Ready } from "../../ui/index.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { findWays, letStaff, makeCode, type Ways } from "./api.ts";
import { CodeSheet } from "./code-sheet.tsx";

/** OwnReturn is how she can come back when her words are lost: a code of her own, or two people here. */
export default function OwnReturn() {
	const ways = useLoad<Ways>(findWays);
	return (
		<Ready of={ways} rows={2}>
			{(now) => (
				<>
					<p>{m["lost.what"]()}</p>
					<PaperCode made={now.data.codeMade ?? null} onMade={ways.reload} />
					<TwoPeople ways={now} onChanged={ways.put} reload={ways.reload} />
					{!now.data.codeMade && !now.data.byStaff && <Notice tone="warn">{m["lost.neither"]()}</Notice>}
				</>
			)}
		</Ready>
	);
}

function PaperCode({ made, onMade }: { made: string | null; onMade: () => void }) {
	const [code, setCode] = useState<string | null>(null);
	const [done, setDone] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	const intention = useRef(new Intention()).current;
	const making = useAct(async () => {
		setDone(false);
		setCode(await makeCode(intention));
		onMade();
	});
	return (
		<section class="stack">
			<div>
				<h3 ref={heading} tabIndex={-1}>
					{m["lost.code.title"]()}
				</h3>
				<p>{m["lost.code.what"]()}</p>
			</div>
			{code ? (
				<CodeSheet
					code={code}
					onDone={() => {
						setCode(null);
						setDone(true);
						// Where the code stood, the focus would be lost with it.
						heading.current?.focus();
					}}
				/>
			) : (
				<>
					<p role="status">{done && <b>{m["lost.code.done"]()}</b>}</p>
					{made ? (
						<p>
							{m["lost.code.made"]()} <Day of={made} />
						</p>
					) : (
						<p>{m["lost.code.none"]()}</p>
					)}
					<Trouble problem={making.problem} />
					<Button wide busy={making.busy} onPress={making.run}>
						{made ? m["lost.code.anew"]() : m["lost.code.make"]()}
					</Button>
					{made && <p class="soft">{m["lost.code.anew.what"]()}</p>}
					<Busy when={making.busy} />
				</>
			)}
		</section>
	);
}

interface TwoProps {
	ways: Ways;
	onChanged: (now: Ways) => void;
	reload: () => void;
}

function TwoPeople({ ways, onChanged, reload }: TwoProps) {
	const [said, setSaid] = useState(false);
	const turning = useAct(async (on: boolean) => {
		setSaid(false);
		onChanged(await letStaff(on, ways.version));
		setSaid(true);
	});
	const { byStaff } = ways.data;
	const stale = turning.problem?.status === 412;
	function lookAgain(): void {
		turning.clear();
		reload();
	}
	return (
		<section class="stack ruled">
			<div>
				<h3>{m["lost.two.title"]()}</h3>
				<p>{m["lost.two.what"]()}</p>
			</div>
			<p role="status">
				{said && <>{m["state.saved"]()}. </>}
				<b>{byStaff ? m["lost.two.on"]() : m["lost.two.off"]()}</b>
			</p>
			<Trouble problem={turning.problem} />
			{stale ? (
				<Button key="again" wide onPress={lookAgain}>
					{m["state.again"]()}
				</Button>
			) : (
				<Button key="turn" wide busy={turning.busy} onPress={() => void turning.run(!byStaff)}>
					{byStaff ? m["lost.two.close"]() : m["lost.two.open"]()}
				</Button>
			)}
			{byStaff && <p class="soft">{m["lost.two.close.what"]()}</p>}
		</section>
	);
}
