import { useEffect, useRef, useState } from "preact/hooks";
import { purposeWords } from "../../consent/index.ts";
import type { GroupOfMine } from "../../lib/api/index.ts";
import { useLoad } from "../../lib/page/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { Day } from "../../ui/day.tsx";
import { Badge, Button, Notice, Ready } from "../../ui/index.ts";
import { bad, ok, pen, talk } from "../../ui/pictures.ts";
import { SidePart } from "../../ui/side-part.tsx";
import { reasonWords } from "../words.ts";
import { Answer } from "./answer.tsx";
import { findPerson, type Person, type PersonAnswer } from "./api.ts";
import { Closed, Contact, Pair } from "./contact.tsx";
import { Correct } from "./correct.tsx";
import { hintWords } from "./hints.tsx";
import { LostWords } from "./lost-words.tsx";
import { StateBadge } from "./state-badge.tsx";

interface Props {
	id: string;
	groups: readonly GroupOfMine[];
	onClose: () => void;
	onChanged: (now: Person) => void;
}

/** PersonView shows one person beside the list, and what can be done: answer her, or mend what the old list had wrong. */
export function PersonView({ id, groups, onClose, onChanged }: Props) {
	const person = useLoad<PersonAnswer>(() => findPerson(id), [id]);
	const [said, setSaid] = useState<string | null>(null);
	const [correcting, setCorrecting] = useState(false);
	const heading = useRef<HTMLHeadingElement>(null);
	const here = person.data !== null;
	// Where a form was opened or done, the focus would be lost with it.
	useEffect(() => {
		if (correcting) return;
		heading.current?.focus({ preventScroll: true });
		heading.current?.scrollIntoView({ block: "nearest" });
	}, [here, said, correcting]);

	function changed(now: PersonAnswer, words: string): void {
		person.put(now);
		onChanged(now.data);
		setSaid(words);
	}

	return (
		<SidePart onClose={onClose}>
			<Ready of={person} rows={3}>
				{(answer) => (
					<>
						<div class="stack tight">
							<h2 ref={heading} tabIndex={-1}>
								{answer.data.name}
							</h2>
							<p class="soft">
								{answer.data.nameKind === "alias" ? m["people.chosenName"]() : m["mine.legalName"]()}
							</p>
							<p>
								<StateBadge state={answer.data.state} />
							</p>
						</div>
						{said && (
							<Notice tone="ok" live>
								{said}
							</Notice>
						)}
						{answer.data.carriedOver && (
							<Notice tone="warn" picture={talk} title={m["members.askConsent"]()}>
								{m["people.carried"]()}
							</Notice>
						)}
						{answer.data.state === "applied" && (
							<Answer person={answer.data} groups={groups} onAnswered={changed} />
						)}
						{correcting ? (
							<Correct
								answer={answer}
								groups={groups}
								onDone={(now, words) => {
									setCorrecting(false);
									if (!now) return;
									if (words) changed(now, words);
									else {
										person.put(now);
										onChanged(now.data);
									}
								}}
							/>
						) : (
							<>
								<Details person={answer.data} onOpen={async () => person.put(await findPerson(id))} />
								{answer.data.carriedOver && !answer.data.closed && (
									<Button
										picture={pen}
										onPress={() => {
											setSaid(null);
											setCorrecting(true);
										}}
									>
										{m["do.correct"]()}
									</Button>
								)}
								{signsIn(answer.data) && <LostWords person={answer.data} />}
							</>
						)}
					</>
				)}
			</Ready>
		</SidePart>
	);
}

// Whom an old list brought has no way in until she said yes.
function signsIn({ carriedOver, state }: Person): boolean {
	return !carriedOver && state !== "declined" && state !== "ended";
}

interface DetailsProps {
	person: Person;
	/** Brings her anew, with what was hidden. */
	onOpen: () => Promise<void>;
}

function Details({ person, onOpen }: DetailsProps) {
	const { membership, hints, closed } = person;
	return (
		<>
			{hints.length > 0 && (
				<Notice tone="info">
					{hints.map((hint) => (
						<p key={hint}>
							{hintWords(hint)}
							{hint === "same_phone" && `. ${m["people.hint.same_phone.more"]()}`}
						</p>
					))}
				</Notice>
			)}
			<dl class="list pairs">
				<Pair name={m["mine.field.group"]()}>
					{person.groupUnsure || !person.group ? m["people.unsure"]() : localised(person.group.name)}
				</Pair>
				<Pair name={m["people.sinceWhen"]()}>
					<Day of={person.since} />
				</Pair>
				{!closed && <Contact person={person} />}
			</dl>
			{closed && <Closed onOpen={onOpen} />}
			<h3>{m["mine.field.consents"]()}</h3>
			{person.consents.length === 0 ? (
				<p class="soft">{m["people.consent.none"]()}</p>
			) : (
				<ul class="list">
					{person.consents.map((consent) => (
						<li key={consent.purpose}>
							<span class="grow">{purposeWords(consent.purpose)}</span>
							{consent.live ? (
								<Badge tone="ok" picture={ok}>
									{m["people.consent.yes"]()}
								</Badge>
							) : (
								<Badge picture={bad}>{m["people.consent.no"]()}</Badge>
							)}
						</li>
					))}
				</ul>
			)}
			{membership.reason && (
				<>
					<h3>{m["people.youSaid"]()}</h3>
					<div class="msg">
						<p>{reasonWords(membership.reason)}</p>
						{membership.words && <p>{membership.words}</p>}
					</div>
				</>
			)}
		</>
	);
}
