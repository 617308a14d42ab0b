import { localised, m } from "../lib/words/index.ts";
import { useHelplines } from "../organisation/index.ts";
import { Icon } from "../ui/index.ts";
import { child, eye, hand, phone, umb } from "../ui/pictures.ts";
import type { OutsideWay } from "./types.ts";

const ways: Record<OutsideWay["key"], { say: () => string; picture: string }> = {
	donor: { say: m["talk.outside.donor"], picture: umb },
	chs: { say: m["talk.outside.chs"], picture: eye },
	women: { say: m["talk.outside.women"], picture: phone },
	child: { say: m["talk.outside.child"], picture: child },
	police: { say: m["talk.outside.police"], picture: hand },
};

/** Where the one that looks at aid organisations is found; it has no number in Nepal. */
const chsSite = "chsalliance.org";

/** The ways that stand where the server can't be asked. */
export const standing: readonly OutsideWay[] = [
	{ key: "donor" },
	{ key: "chs" },
	{ key: "women", number: "1145" },
	{ key: "child", number: "1098" },
	{ key: "police", number: "100" },
];

/**
 * Outside lists the ways past the organisation. They are always shown: whom she
 * trusts is hers to choose. Nothing is a link, since a press would leave a trace
 * at the phone's calls or pages.
 */
export function Outside({ ways: shown }: { ways: readonly OutsideWay[] }) {
	return (
		<section class="card stack">
			<h2>{m["talk.outside.title"]()}</h2>
			<p>{m["talk.outside.why"]()}</p>
			<OutsideList ways={shown} />
		</section>
	);
}

/** OutsideList has the organisation's own numbers in the place of those that ship, as soon as they are here. */
export function OutsideList({ ways: all }: { ways: readonly OutsideWay[] }) {
	const own = useHelplines();
	const shown = own.length > 0 ? all.filter((way) => !way.number) : all;
	return (
		<ul class="list">
			{shown.map(({ key, number }) => (
				<li key={key} class="line">
					<Icon of={ways[key].picture} framed />
					<span class="grow">
						{ways[key].say()} {key === "chs" && <span class="soft">{chsSite}</span>}
					</span>
					{number && <b class="num big">{number}</b>}
				</li>
			))}
			{own.map(({ name, number }) => (
				<li key={number} class="line">
					<Icon of={phone} framed />
					<span class="grow">{localised(name)}</span>
					<b class="num big">{number}</b>
				</li>
			))}
		</ul>
	);
}

/** The number to call in danger. */
export function urgentNumber(all: readonly OutsideWay[]): string | undefined {
	return all.find(({ key }) => key === "police")?.number;
}
