import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { signOut } from "./session.ts";

/** Everywhere signs her out of every phone she is signed in on; the foot of the page signs out of this one. */
export function Everywhere() {
	const { route } = useLocation();
	const [asked, setAsked] = useState(false);
	const leaving = useAct(async () => {
		await signOut(true);
		route("/in", true);
	});
	return (
		<>
			<Button wide onPress={() => setAsked(true)}>
				{m["signout.everywhere"]()}
			</Button>
			<Dialog open={asked} title={m["signout.everywhere"]()} onClose={() => setAsked(false)}>
				<p>{m["signout.everywhere.sure"]()}</p>
				<Trouble problem={leaving.problem} />
				<Button kind="primary" wide busy={leaving.busy} onPress={leaving.run}>
					{m["signout.button"]()}
				</Button>
				<Button kind="quiet" wide onPress={() => setAsked(false)}>
					{m["do.leave"]()}
				</Button>
			</Dialog>
		</>
	);
}
