import { useLocation } from "preact-iso";
import { session, signOut } from "../account/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m, safePage } from "../lib/words/index.ts";
import { Button, Icon, LanguageChooser } from "../ui/index.ts";
import { lock, talk } from "../ui/pictures.ts";
import { endWith } from "./anew.ts";
import { isStaff } from "./places.ts";

/** Foot holds what any page may need: a word to whoever answers for the house, another language, the way out by the door. */
export function Foot() {
	const { path, route } = useLocation();
	const leave = useAct(async () => {
		const gone = signOut();
		endWith(gone);
		route("/in", true);
		await gone;
	});
	// Where an organisation is only being founded nobody is there yet to be spoken to.
	const nobody = path === "/begin";
	return (
		<footer class="foot">
			{path !== "/talk" && !nobody && (
				<p>
					<Icon of={talk} /> <a href="/talk">{m["talk.title"]()}</a>{" "}
					<span class="soft">{m["foot.talk"]()}</span>
				</p>
			)}
			<p>
				<Icon of={lock} /> <a href={safePage()}>{m["safe.title"]()}</a>
			</p>
			{session.value?.demo && isStaff() && <p class="soft">{m["factor.demo"]()}</p>}
			{session.value && (
				<Button wide busy={leave.busy} onPress={leave.run}>
					{m["signout.button"]()}
				</Button>
			)}
			<LanguageChooser />
		</footer>
	);
}
