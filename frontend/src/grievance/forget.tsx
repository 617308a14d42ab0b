import { useState } from "preact/hooks";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import { bin } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { forgetAnswers } from "./api.ts";
import type { Thread } from "./types.ts";

/** Forget deletes the answers for good, after asking once. */
export function Forget({
	receipt,
	onForgotten,
}: {
	receipt: string;
	onForgotten: (now: Thread) => Promise<void>;
}) {
	const [asking, setAsking] = useState(false);
	const forgetting = useAct(async () => {
		const now = await forgetAnswers(receipt);
		setAsking(false);
		await onForgotten(now);
	});
	return (
		<>
			<Button kind="stop" picture={bin} onPress={() => setAsking(true)}>
				{m["receipt.forget"]()}
			</Button>
			<Dialog open={asking} title={m["receipt.forget.ask"]()} onClose={() => setAsking(false)}>
				<p>{m["receipt.forget.why"]()}</p>
				<Trouble problem={forgetting.problem} />
				<Button wide picture={bin} busy={forgetting.busy} onPress={forgetting.run}>
					{m["do.remove"]()}
				</Button>
				<Button wide onPress={() => setAsking(false)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}
