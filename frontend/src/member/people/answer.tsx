import { useRef, useState } from "preact/hooks";
import { type GroupOfMine, Intention } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { Button, Dialog, Select } from "../../ui/index.ts";
import { ok } from "../../ui/pictures.ts";
import { fieldWords, Trouble } from "../../ui/trouble.tsx";
import { standingWords } from "../words.ts";
import { approve, type Person, type PersonAnswer } from "./api.ts";
import { Decline } from "./decline.tsx";
import { groupOptions } from "./groups.ts";

interface Props {
	person: Person;
	groups: readonly GroupOfMine[];
	onAnswered: (now: PersonAnswer, words: string) => void;
}

/** Answer is yes or no to an application. Neither is done before she has seen what the woman will read. */
export function Answer({ person, groups, onAnswered }: Props) {
	const [step, setStep] = useState<"choose" | "approve" | "decline">("choose");
	const unsure = person.groupUnsure || !person.group;
	const [group, setGroup] = useState("");
	const [groupMissing, setGroupMissing] = useState(false);
	const intention = useRef(new Intention()).current;
	const approving = useAct(async () => {
		const now = await approve(person.id, unsure ? group : null, intention);
		setStep("choose");
		onAnswered(now, m["answer.approved"]({ name: now.data.name }));
	});
	const chosen = unsure ? groups.find((one) => one.id === group)?.name : person.group?.name;

	if (step === "decline") {
		return <Decline person={person} onBack={() => setStep("choose")} onDeclined={onAnswered} />;
	}
	return (
		<section class="stack ruled">
			<h3>{m["answer.title"]()}</h3>
			{unsure && (
				<Select
					label={m["answer.group"]()}
					hint={m["answer.group.hint"]()}
					error={
						groupMissing && !group
							? m["fault.member.group_missing"]()
							: fieldWords(approving.problem, "group")
					}
					value={group}
					onChange={setGroup}
					options={[{ value: "", label: m["answer.choose"]() }, ...groupOptions(groups)]}
				/>
			)}
			<div class="line">
				<Button
					kind="primary"
					picture={ok}
					onPress={() => {
						setGroupMissing(unsure && !group);
						if (!unsure || group) setStep("approve");
					}}
				>
					{m["answer.approve"]()}
				</Button>
				<Button onPress={() => setStep("decline")}>{m["answer.decline"]()}</Button>
			</div>
			<Dialog
				open={step === "approve"}
				title={m["answer.approve.ask"]({ name: person.name })}
				onClose={() => {
					approving.clear();
					setStep((now) => (now === "approve" ? "choose" : now));
				}}
			>
				<p>{m["answer.approve.what"]({ group: chosen ? localised(chosen) : "" })}</p>
				<blockquote class="msg">{standingWords("active")}</blockquote>
				<Trouble problem={approving.problem} />
				<Button kind="primary" wide busy={approving.busy} onPress={approving.run}>
					{m["answer.approve"]()}
				</Button>
				<Button kind="quiet" wide onPress={() => setStep("choose")}>
					{m["do.later"]()}
				</Button>
			</Dialog>
		</section>
	);
}
