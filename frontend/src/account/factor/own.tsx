import { useRef, useState } from "preact/hooks";
import { type Factor, Intention } from "../../lib/api/index.ts";
import { useAct, useLoad } from "../../lib/page/index.ts";
import { m, number } from "../../lib/words/index.ts";
import { Day } from "../../ui/day.tsx";
import { Busy, Button, Ready } from "../../ui/index.ts";
import { plus } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { session, settle } from "../session.ts";
import { findFactors, removeFactor, type Way } from "./api.ts";
import { Codes } from "./codes.tsx";
import { Enrol } from "./enrol.tsx";

type Doing = "nothing" | "adding" | "printing";
const both: readonly Way[] = ["passkey", "totp"];

/** OwnFactors: what she signs in with besides words; adding one, taking one away, another sheet of codes. */
export default function OwnFactors() {
	const factors = useLoad(findFactors);
	const [doing, setDoing] = useState<Doing>("nothing");
	const [done, setDone] = useState<string | null>(null);
	function end(said: string | null): void {
		setDoing("nothing");
		setDone(said);
		factors.reload();
	}
	function begin(what: Doing): void {
		setDone(null);
		setDoing(what);
	}
	return (
		<Ready of={factors} rows={2}>
			{({ items, codesLeft }) => (
				<>
					{session.value?.demo && <p class="soft">{m["factor.demo"]()}</p>}
					<p role="status">{done && <b>{done}</b>}</p>
					{items.length === 0 && <p>{m["factors.none"]()}</p>}
					<ul class="list">
						{items.map((item) => (
							<One key={item.id} item={item} onTaken={() => end(m["factors.taken"]())} />
						))}
					</ul>
					{items.length > 0 && doing !== "printing" && (
						<p>{codesLeft ? m["codes.left"]({ count: number(codesLeft) }) : m["codes.none"]()}</p>
					)}
					{doing === "adding" && (
						<>
							<Enrol
								ways={both}
								onDone={async (on) => {
									settle(on);
									end(m["factors.added"]());
								}}
							/>
							<Button kind="quiet" wide onPress={() => end(null)}>
								{m["do.later"]()}
							</Button>
						</>
					)}
					{doing === "printing" && (
						<Codes again={codesLeft > 0} onDone={() => end(null)} onLater={() => end(null)} />
					)}
					{doing === "nothing" && (
						<div class="line">
							<Button picture={plus} onPress={() => begin("adding")}>
								{m["factors.add"]()}
							</Button>
							{items.length > 0 && (
								<Button onPress={() => begin("printing")}>
									{codesLeft ? m["codes.anew"]() : m["codes.make"]()}
								</Button>
							)}
						</div>
					)}
				</>
			)}
		</Ready>
	);
}

function One({ item, onTaken }: { item: Factor; onTaken: () => void }) {
	const [asking, setAsking] = useState(false);
	const intention = useRef(new Intention()).current;
	const taking = useAct(async () => {
		await removeFactor(item.id, intention);
		onTaken();
	});
	return (
		<li class="row">
			<div class="grow">
				<b>{item.name}</b>
				<p class="soft">
					{item.kind === "passkey" ? m["factor.passkey"]() : m["factor.totp"]()} · <Day of={item.day} />
				</p>
				<Trouble problem={taking.problem} />
			</div>
			{asking ? (
				<div class="stack tight">
					<b>{m["factors.take"]()}</b>
					<Button kind="stop" busy={taking.busy} onPress={taking.run}>
						{m["factors.takeDo"]()}
						<span class="sr"> {item.name}</span>
					</Button>
					<Button kind="quiet" onPress={() => setAsking(false)}>
						{m["do.leave"]()}
					</Button>
					<Busy when={taking.busy} />
				</div>
			) : (
				<Button kind="quiet" onPress={() => setAsking(true)}>
					{m["own.takeAway"]()}
					<span class="sr"> {item.name}</span>
				</Button>
			)}
		</li>
	);
}
