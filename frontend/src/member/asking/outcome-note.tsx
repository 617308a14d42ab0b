import { useLocation } from "preact-iso";
import { m } from "../../lib/words/index.ts";
import { Button, LinkButton, Notice } from "../../ui/index.ts";
import { key, ok } from "../../ui/pictures.ts";
import { wantPerson } from "../people/wanted.ts";
import { type Outcome, outcomeWords } from "./outcome.ts";

interface Props {
	of: Outcome;
	/** The list was that of those who protect. */
	young: boolean;
}

/** OutcomeNote says what came of asking somebody; whoever is a member now is led on to where she gets words of her own. */
export function OutcomeNote({ of, young }: Props) {
	return (
		<Notice tone="ok" live>
			<div class="stack tight">
				<p>{outcomeWords(of, young)}</p>
				{of.handle && (
					<div>
						<p>{m["carry.done.handle"]({ name: of.name })}</p>
						<p>
							<b translate={false}>{of.handle}</b>
						</p>
					</div>
				)}
				{of.state === "member" && (
					<div class="line no-print">
						{young ? (
							<LinkButton picture={ok} href="/asks">
								{m["asks.nav"]()}
							</LinkButton>
						) : (
							<ToSheet id={of.id} />
						)}
					</div>
				)}
			</div>
		</Notice>
	);
}

function ToSheet({ id }: { id: string }) {
	const { route } = useLocation();
	return (
		<Button
			picture={key}
			onPress={() => {
				wantPerson(id);
				route("/people");
			}}
		>
			{m["carry.done.sheet"]()}
		</Button>
	);
}
