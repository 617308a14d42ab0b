import { has } from "../account/index.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Heading } from "../ui/index.ts";
import { chart, fix, list } from "../ui/pictures.ts";
import { Acts } from "./acts.tsx";
import { Alerts } from "./alerts.tsx";
import { Summary } from "./summary.tsx";
import { TechnicalActs } from "./technical.tsx";

/**
 * LogPage shows of the trail what each role may see: whoever protects, what is
 * unusual and what was done about what lies in her hands; the board, how much;
 * whoever looks after the computer, that something happened.
 */
export default function LogPage() {
	const protects = has("focalPoint", "deputy");
	return (
		<main id="main">
			<div>
				<Heading>{m["log.title"]()}</Heading>
				<p class="soft">{m["log.intro"]()}</p>
			</div>
			{(protects || has("board")) && <Alerts />}
			{protects && (
				<Fold title={m["log.mine"]()} picture={list}>
					{() => <Acts />}
				</Fold>
			)}
			{has("board") && (
				<Fold title={m["log.summary"]()} picture={chart}>
					{() => <Summary />}
				</Fold>
			)}
			{has("administrator") && (
				<Fold title={m["log.technical"]()} picture={fix}>
					{() => <TechnicalActs />}
				</Fold>
			)}
		</main>
	);
}
