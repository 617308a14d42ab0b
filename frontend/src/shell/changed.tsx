import { signal } from "@preact/signals";
import { renewSession } from "../account/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog } from "../ui/index.ts";

const changed = signal(false);

/** lookAgain asks who she is now, since what her page asked for isn't there for her; the menu and the doors follow by themselves. */
export async function lookAgain(): Promise<void> {
	if (await renewSession().catch(() => false)) changed.value = true;
}

/** Changed says that a role was given to her or taken while the window was open. */
export function Changed() {
	const close = () => {
		changed.value = false;
	};
	return (
		<Dialog open={changed.value} title={m["session.changed"]()} onClose={close}>
			<Button kind="primary" wide onPress={close}>
				{m["do.close"]()}
			</Button>
		</Dialog>
	);
}
