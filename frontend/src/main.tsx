import { effect } from "@preact/signals";
import { render } from "preact";
import { findSession, forget, session } from "./account/index.ts";
import { api, whenAbsent, whenMissing, whenProofNeeded } from "./lib/api/index.ts";
import { guard, usualIdle } from "./lib/exit/index.ts";
import { language } from "./lib/words/index.ts";
import { greetAgain } from "./shell/anew.ts";
import { lookAgain } from "./shell/changed.tsx";
import { lock } from "./shell/lock.tsx";
import { fetchPage } from "./shell/pages.tsx";
import { isOpen } from "./shell/places.ts";
import { askProof } from "./shell/proof.tsx";
import { Shell } from "./shell/shell.tsx";

guard({
	dropSession: api.dropSession,
	idleLimit: () => {
		// The start page shows nothing of hers.
		if (!session.value && location.pathname === "/") return Number.POSITIVE_INFINITY;
		return session.value ? session.value.idleMinutes * 60_000 : usualIdle;
	},
	lock,
	renew: () => location.reload(),
});
greetAgain();
whenAbsent(() => forget("expired"));
whenMissing(() => void lookAgain());
whenProofNeeded(askProof);
effect(() => {
	document.documentElement.lang = language.value;
});
if (!isOpen(location.pathname)) findSession().catch(() => undefined);

// The markup of index.html stays on screen until the page's own file is here.
fetchPage(location.pathname).finally(() => {
	const app = document.getElementById("app");
	if (!app) return;
	app.replaceChildren();
	render(<Shell />, app);
});
