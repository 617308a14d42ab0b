import { useRef, useState } from "preact/hooks";
import { roleWords } from "../account/index.ts";
import { Intention } from "../lib/api/index.ts";
import { dayWords } from "../lib/calendar/index.ts";
import { useAct } from "../lib/page/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Button, Field, Form, Notice, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { type Declaration, dismiss, findOthers, settle } from "./api.ts";
import { kindWords } from "./words.ts";

/** Others is what the rest of the staff has said, for whoever notes whom one in words is about. */
export function Others() {
	const others = usePaged<Declaration>(findOthers);
	return (
		<section class="stack">
			<div>
				<h2>{m["ties.others"]()}</h2>
				<p class="soft">{m["ties.others.what"]()}</p>
			</div>
			<Ready of={others}>
				{() =>
					others.items.length === 0 ? (
						<p class="soft">{m["ties.list.none"]()}</p>
					) : (
						others.items.map((one) => (
							<Other
								key={one.id}
								one={one}
								onChanged={(now) => others.replace((was) => (was.id === now.id ? now : was))}
							/>
						))
					)
				}
			</Ready>
			<More of={others.more} />
		</section>
	);
}

function Other({ one, onChanged }: { one: Declaration; onChanged: (now: Declaration) => void }) {
	const [handle, setHandle] = useState("");
	const intention = useRef(new Intention()).current;
	const settling = useAct(async () => {
		if (handle.trim()) onChanged(await settle(one.id, handle.trim(), intention));
	});
	return (
		<section class="card stack">
			<div>
				{one.declarer && (
					<b translate={false}>
						{m["ties.who"]({ alias: one.declarer.alias, role: roleWords(one.declarer.role) })}
					</b>
				)}
				<p>{kindWords[one.kind]()}</p>
				<p class="soft">
					{one.ended
						? m["ties.ended"]({ day: dayWords(one.ended) })
						: m["ties.since"]({ day: dayWords(one.since) })}
				</p>
			</div>
			{one.person && <p translate={false}>{m["ties.about"]({ alias: one.person.alias })}</p>}
			{one.words && <blockquote class="msg">{one.words}</blockquote>}
			{one.damaged && <Notice tone="warn">{m["mine.damaged"]()}</Notice>}
			{one.maySettle && (
				<Form onSend={() => void settling.run()}>
					<Field
						label={m["ties.settle.handle"]()}
						hint={m["asks.handle.hint"]()}
						value={handle}
						onInput={setHandle}
						error={fieldWords(settling.problem, "handle")}
					/>
					<Trouble problem={settling.problem} />
					<Button type="submit" busy={settling.busy}>
						{m["ties.settle"]()}
					</Button>
				</Form>
			)}
			{one.endedFor && <p>{m["ties.dismissed"]({ reason: one.endedFor })}</p>}
			{one.mayEnd && <Dismiss one={one} onChanged={onChanged} />}
		</section>
	);
}

/** Dismiss ends one that has no ground, with a reason that whoever said it reads. */
function Dismiss({ one, onChanged }: { one: Declaration; onChanged: (now: Declaration) => void }) {
	const [asked, setAsked] = useState(false);
	const [reason, setReason] = useState("");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const ending = useAct(async () => {
		setTried(true);
		if (reason.trim()) onChanged(await dismiss(one.id, reason.trim(), intention));
	});
	if (!asked) {
		return (
			<div class="line">
				<Button kind="quiet" onPress={() => setAsked(true)}>
					{m["ties.dismiss"]()}
				</Button>
			</div>
		);
	}
	return (
		<Form onSend={() => void ending.run()}>
			<h3>{m["ties.dismiss"]()}</h3>
			<p class="soft">{m["ties.dismiss.what"]()}</p>
			<Field
				label={m["ties.dismiss.reason"]()}
				lines={2}
				maxLength={500}
				value={reason}
				onInput={setReason}
				error={tried && !reason.trim() ? m["err.required"]() : fieldWords(ending.problem, "reason")}
			/>
			<Trouble problem={ending.problem} />
			<div class="line">
				<Button type="submit" busy={ending.busy}>
					{m["ties.dismiss.do"]()}
				</Button>
				<Button kind="quiet" onPress={() => setAsked(false)}>
					{m["do.leave"]()}
				</Button>
			</div>
		</Form>
	);
}
