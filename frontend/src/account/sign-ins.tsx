import { useRef, useState } from "preact/hooks";
import { api, Intention, type SignIn } from "../lib/api/index.ts";
import { clockInNepal, clockWords, dayInNepal, dayWords } from "../lib/calendar/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Ready } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { Everywhere } from "./everywhere.tsx";
import { findSession } from "./session.ts";

const findSignIns = async () => (await api.get("/api/sessions")).data.items;

/** SignIns lists where she is signed in; each but this one can be ended here. */
export default function SignIns() {
	const list = useLoad(findSignIns);
	const [ended, setEnded] = useState(false);
	return (
		<Ready of={list} rows={1}>
			{(items) => (
				<>
					<p>{items.length > 1 ? m["signins.what"]() : m["signins.only"]()}</p>
					<p role="status">{ended && <b>{m["signins.ended"]()}</b>}</p>
					<ul class="list">
						{items.map((one) => (
							<One
								key={one.ref}
								one={one}
								onEnded={() => {
									setEnded(true);
									list.reload();
									// What the page says of others is another now.
									findSession().catch(() => undefined);
								}}
							/>
						))}
					</ul>
					<Everywhere />
				</>
			)}
		</Ready>
	);
}

function One({ one, onEnded }: { one: SignIn; onEnded: () => void }) {
	const intention = useRef(new Intention()).current;
	const ending = useAct(async () => {
		await api.post("/api/sessions/{ref}/end", { path: { ref: one.ref }, body: {}, intention });
		onEnded();
	});
	const began = whenWords(one.began);
	return (
		<li class="row">
			<div class="grow">
				<p>{m["signins.began"]({ when: began })}</p>
				<p class="soft">{m["signins.seen"]({ when: whenWords(one.seen) })}</p>
				<Trouble problem={ending.problem} />
			</div>
			{one.here ? (
				<b>{m["signins.here"]()}</b>
			) : (
				<Button kind="quiet" busy={ending.busy} onPress={ending.run}>
					{m["signins.end"]()}
					<span class="sr">: {began}</span>
				</Button>
			)}
		</li>
	);
}

/** The day and the time in Nepal. */
function whenWords(instant: string): string {
	return `${dayWords(dayInNepal(Date.parse(instant)))}, ${clockInNepal(instant, clockWords)}`;
}
