import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ConsentTick, findTexts, given, useOldText } from "../consent/index.ts";
import { Intention } from "../lib/api/index.ts";
import { dayInNepal, shortDay } from "../lib/calendar/index.ts";
import { asProblem, useAct, useLoad, useSoon } from "../lib/page/index.ts";
import { language, m } from "../lib/words/index.ts";
import { Busy, Button, Notice } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { book } from "./api.ts";
import { Days } from "./days.tsx";
import { firstFree, givenDays, nearest } from "./slots.ts";
import { Times } from "./times.tsx";
import type { Offer, Slot } from "./types.ts";
import { DayAndTime, When } from "./when.tsx";
import { Who } from "./who.tsx";

interface Props {
	offer: Offer;
	/** The supporter asked for; null is anyone. */
	who: string | null;
	onWho: (who: string | null) => void;
	onBooked: () => void;
	reload: () => void;
}

/** Booking chooses whom, a day and a time, reads the choice back, and takes it. */
export function Booking({ offer, who, onWho, onBooked, reload }: Props) {
	const [day, setDay] = useState<string | null>(null);
	const [start, setStart] = useState<string | null>(null);
	// The time that somebody else was quicker to take.
	const [lost, setLost] = useState<string | null>(null);
	const [agrees, setAgrees] = useState(false);
	const intention = useRef(new Intention()).current;
	const soon = useSoon();

	const days = givenDays(offer.days);
	const slots = days.flatMap((one) => one.slots);
	const today = days.find((one) => one.day === day) ?? days.find((one) => one.day === firstFree(days));
	const chosen = slots.find((slot) => slot.start === start && slot.free) ?? null;
	const supporter = offer.supporters.find((one) => one.id === who) ?? null;

	const asking = offer.askName;
	const texts = useLoad(
		async () => (asking ? findTexts(language.peek(), "meeting") : []),
		[asking, language.value],
	);
	// A yes is to the text she read, and that was in the language before.
	useEffect(() => setAgrees(false), [language.value]);

	const booking = useAct(async (slot: Slot) => {
		const consents = given(texts.data ?? [], { peer_name: asking && agrees });
		try {
			await book(
				{
					start: slot.start,
					...(who && { supporter: who }),
					...(consents.length > 0 && { consents }),
				},
				intention,
			);
		} catch (trouble) {
			const problem = asProblem(trouble);
			if (problem.code !== "support.slot_taken" && problem.of("start").length === 0) throw problem;
			setLost(slot.start);
			setStart(null);
			reload();
			return;
		}
		setLost(null);
		setStart(null);
		onBooked();
	});
	useOldText(booking.problem, () => {
		setAgrees(false);
		texts.reload();
	});

	function pick(slot: Slot): void {
		booking.clear();
		setDay(days.find((one) => one.slots.includes(slot))?.day ?? null);
		setStart(slot.start);
	}

	return (
		<section class="stack wide-gap" aria-label={m["meet.when"]()}>
			<Who
				supporters={offer.supporters}
				who={who}
				onChange={(next) => {
					setStart(null);
					setLost(null);
					onWho(next);
				}}
			/>
			{lost && <Lost near={nearest(offer.days, lost)} onPick={pick} />}
			{today ? (
				<>
					<Days
						days={days}
						day={today.day}
						onChange={(next) => {
							setDay(next);
							setStart(null);
						}}
					/>
					{soon && <Times day={today} start={chosen?.start ?? null} onChange={pick} />}
				</>
			) : (
				<Notice tone="info">{who ? m["meet.noSlots"]() : m["meet.noSlotsAnyone"]()}</Notice>
			)}
			{chosen && (
				<Chosen slot={chosen} name={supporter?.name ?? null}>
					{asking &&
						texts.data
							?.filter((text) => text.purpose === "peer_name")
							.map((text) => (
								<ConsentTick key={text.purpose} text={text} checked={agrees} onChange={setAgrees} />
							))}
					<Trouble problem={booking.problem} />
					<Button kind="primary" wide busy={booking.busy} onPress={() => void booking.run(chosen)}>
						{m["meet.pickTime"]()}
					</Button>
					<Busy when={booking.busy} />
					<p class="soft">{m["meet.cancelLater"]()}</p>
					<p class="soft">{m["meet.where"]()}</p>
				</Chosen>
			)}
		</section>
	);
}

interface ChosenProps {
	slot: Slot;
	name: string | null;
	children: ComponentChildren;
}

/** Chosen reads the choice back above the button that takes it, and comes into sight where it opens below the screen. */
function Chosen({ slot, name, children }: ChosenProps) {
	const card = useRef<HTMLElement>(null);
	useEffect(() => {
		// On a keyboard the page stays where the choice is being made.
		if (!matchMedia("(pointer: coarse)").matches) return;
		const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
		card.current?.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
	}, [slot.start]);
	return (
		<section class="card slab stack chosen" ref={card}>
			<div role="status">
				<h2 class="lab soft">{m["meet.chosen"]()}</h2>
				<When start={slot.start} />
				<p translate={name ? false : undefined}>
					{name ? m["meet.withName"]({ name }) : m["meet.withAnyone"]()}
				</p>
			</div>
			{children}
		</section>
	);
}

/** Lost says that somebody was quicker, and offers what lies nearest. */
function Lost({ near, onPick }: { near: readonly Slot[]; onPick: (slot: Slot) => void }) {
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => box.current?.focus(), []);
	return (
		<div ref={box} tabIndex={-1} class="trouble stack" role="alert">
			<Notice tone="warn">{near.length > 0 ? m["meet.taken"]() : m["meet.takenNone"]()}</Notice>
			{near.map((slot) => (
				<Button key={slot.start} wide onPress={() => onPick(slot)}>
					<span>
						<DayAndTime start={slot.start} />, {shortDay(dayInNepal(slot.start))}
					</span>
				</Button>
			))}
		</div>
	);
}
