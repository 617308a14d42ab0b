import { useLocation } from "preact-iso";
import { session, signOut } from "../account/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, LanguageChooser } from "../ui/index.ts";

/** Foot holds what any page may need: another language, and the way out by the door. */
export function Foot() {
	const { route } = useLocation();
	const leave = useAct(async () => {
		const gone = signOut();
		route("/in", true);
		await gone;
	});
	return (
		<footer class="foot">
			{session.value && (
				<Button wide busy={leave.busy} onPress={leave.run}>
					{m["signout.button"]()}
				</Button>
			)}
			<LanguageChooser />
		</footer>
	);
}
