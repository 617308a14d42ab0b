import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Badge, Button, Dialog, Form } from "../ui/index.ts";
import { fix, ok, wait } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { change, type Own, withdraw } from "./api.ts";
import { OwnPicture } from "./own-picture.tsx";
import { TellFields, useDraft } from "./tell-form.tsx";
import { Telling } from "./telling.tsx";

const stateWords: Record<Own["state"], () => string> = {
	offered: m["tell.state.offered"],
	accepted: m["tell.state.accepted"],
	returned: m["tell.state.returned"],
	shown: m["tell.state.shown"],
};

interface Props {
	one: Own;
	/** Something was done; what to say of it. */
	onDone: (words: () => string) => void;
}

/** OwnStory is one thing she told: where it stands, and how she changes it or takes it back. */
export function OwnStory({ one, onDone }: Props) {
	return (
		<article class="card stack">
			<p>
				<Badge tone={one.state === "shown" ? "ok" : "warn"} picture={one.state === "shown" ? ok : wait}>
					{stateWords[one.state]()}
				</Badge>
			</p>
			{one.note && <blockquote class="msg">{one.note}</blockquote>}
			<Telling of={{ ...one, by: null, picture: false }} level={3} />
			<OwnPicture one={one} onDone={onDone} />
			<Fold title={m["tell.change"]()} picture={fix}>
				{() => <ChangeForm one={one} onDone={onDone} />}
			</Fold>
			<Withdraw one={one} onDone={onDone} />
		</article>
	);
}

function ChangeForm({ one, onDone }: Props) {
	const { language, title, text, named } = one;
	const draft = useDraft({ language, title, text, named });
	const [tried, setTried] = useState(false);
	const changing = useAct(async () => {
		setTried(true);
		if (draft.empty) return;
		await change(one, draft.telling);
		onDone(m["tell.changed"]);
	});
	return (
		<Form onSend={() => void changing.run()}>
			<TellFields draft={draft} tried={tried} act={changing} />
			<Trouble problem={changing.problem} />
			<Button type="submit" wide busy={changing.busy}>
				{m["tell.send"]()}
			</Button>
		</Form>
	);
}

function Withdraw({ one, onDone }: Props) {
	const [asks, setAsks] = useState(false);
	const intention = useRef(new Intention()).current;
	const withdrawing = useAct(async () => {
		await withdraw(one.id, intention);
		setAsks(false);
		onDone(m["tell.withdrawn"]);
	});
	return (
		<>
			<div class="line">
				<Button kind="stop" onPress={() => setAsks(true)}>
					{m["tell.withdraw"]()}
				</Button>
			</div>
			<Dialog open={asks} title={m["tell.withdraw"]()} onClose={() => setAsks(false)}>
				<p>{m["tell.withdraw.ask"]()}</p>
				<Trouble problem={withdrawing.problem} />
				<Button kind="primary" wide busy={withdrawing.busy} onPress={withdrawing.run}>
					{m["tell.withdraw"]()}
				</Button>
				<Button wide onPress={() => setAsks(false)}>
					{m["do.back"]()}
				</Button>
			</Dialog>
		</>
	);
}
