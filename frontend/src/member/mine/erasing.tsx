import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { forget } from "../../account/index.ts";
import { api, Intention } from "../../lib/api/index.ts";
import { addDays, dayInNepal, dayWords } from "../../lib/calendar/index.ts";
import { useAct, useLoad } from "../../lib/page/index.ts";
import { m, number } from "../../lib/words/index.ts";
import { fetchFaultWords, toldFault } from "../../lib/words/told.ts";
import { Busy, Button, Form, Icon, Notice, Ready, Tick } from "../../ui/index.ts";
import { bin, lock } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { goneWords, type Staying, stayingWords } from "./erasure-words.ts";

/** Erasing lists what goes, what stays and why, before she decides; then it is done at once. */
export function Erasing() {
	const plan = useLoad(async () => {
		const { data } = await api.get("/api/me/erasure");
		if (data.hinders) await fetchFaultWords();
		return data;
	});
	return (
		<Ready of={plan}>
			{({ stays, keysBackupDays, hinders }) => (
				<>
					<p>{m["own.erase.what"]()}</p>
					<h3>{m["own.erase.goes"]()}</h3>
					<ul class="list">
						{goneWords().map((words) => (
							<li key={words}>
								<Icon of={bin} />
								<span class="grow">{words}</span>
							</li>
						))}
					</ul>
					<h3>{m["own.erase.stays"]()}</h3>
					<Stays stays={stays.filter(({ what }) => what !== "backups")} days={keysBackupDays} />
					{hinders ? <Notice tone="info">{toldFault(hinders)}</Notice> : <Decide />}
				</>
			)}
		</Ready>
	);
}

/** Stays lists what is kept for a while. Backups are told apart: when the last of their keys is gone, all is. */
function Stays({ stays, days }: { stays: readonly Staying[]; days: number }) {
	const over = dayWords(addDays(dayInNepal(Date.now()), days));
	return (
		<ul class="list">
			{stays.map((staying) => {
				const { what, why } = stayingWords(staying);
				return (
					<li key={staying.what}>
						<Icon of={lock} />
						<div class="grow">
							<b>{what}</b>
							<p>{why}</p>
							{staying.until && <p class="soft">{m["own.until"]({ date: dayWords(staying.until) })}</p>}
						</div>
					</li>
				);
			})}
			<li>
				<Icon of={lock} />
				<div class="grow">
					<b>{m["own.stays.backups"]()}</b>
					<p>{m["own.erase.backups"]({ count: number(days) })}</p>
					<p class="soft">{m["mine.erase.sure"]({ date: over })}</p>
				</div>
			</li>
		</ul>
	);
}

function Decide() {
	const { route } = useLocation();
	const [sure, setSure] = useState(false);
	const [missing, setMissing] = useState(false);
	const intention = useRef(new Intention()).current;
	const erasing = useAct(async () => {
		await api.post("/api/me/erasure", { body: {}, intention });
		forget("erased");
		route("/in", true);
	});
	function send(): void {
		setMissing(!sure);
		if (sure) void erasing.run();
	}
	return (
		<Form onSend={send}>
			<p>{m["own.erase.free"]()}</p>
			<Tick checked={sure} onChange={setSure} error={missing && !sure ? m["own.erase.tickMissing"]() : null}>
				{m["own.erase.tick"]()}
			</Tick>
			<Trouble problem={erasing.problem} />
			<Button type="submit" kind="stop" wide picture={bin} busy={erasing.busy}>
				{m["mine.erase"]()}
			</Button>
			<Busy when={erasing.busy} />
		</Form>
	);
}
