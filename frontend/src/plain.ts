// What the pages without scripts can do better where scripts are on: empty
// themselves before any answer at the quick exit, cover and clear themselves. It
// is built into one small file of its own (scripts/alone.mjs).
import { guard, usualIdle } from "./lib/exit/index.ts";
import { ask } from "./lib/keep/ask.ts";

guard({
	// The exit address ends the session itself.
	dropSession: () => undefined,
	// The page of safety holds nothing of hers.
	idleLimit: () => (location.pathname === "/safe" ? Number.POSITIVE_INFINITY : usualIdle),
	lock: () => location.replace("/"),
	// Loading it again would send again what was sent: the page is asked for empty.
	renew: () => location.replace(location.pathname),
});

// What needs scripts is promised only where they are on.
for (const promised of document.querySelectorAll<HTMLElement>(".scripted")) promised.hidden = false;

const part = document.getElementById("keep");
if (part) ask(part);
