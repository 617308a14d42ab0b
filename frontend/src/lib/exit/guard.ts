import { stayHeld } from "./hold.ts";
import { IdleClock } from "./idle.ts";
import { leave, wipe } from "./leave.ts";
import { ShiftCounter } from "./shift.ts";

export interface Guarded {
	/** Ends the session without waiting for an answer. */
	dropSession: () => void;
	/** How long the page may be left alone, ms. */
	idleLimit: () => number;
	/** The page was left alone too long: forget everything and show the lock. */
	lock: () => void;
	/** Asks for the page anew, after one that the browser had kept was wiped. */
	renew: () => void;
}

const checkEvery = 10_000;

/**
 * guard watches over the page: the exit link and the Shift key lead out; the
 * page is covered while it is hidden or another window is in front, and locked
 * when left alone; coming back to it by the Back button loads it anew; and the
 * browser is kept from offering to put an icon on the phone. It is called before
 * anything is drawn, so that its listeners come first.
 */
export function guard({ dropSession, idleLimit, lock, renew }: Guarded): void {
	const root = document.documentElement;
	const shift = new ShiftCounter();
	const idle = new IdleClock(Date.now());

	const cover = () => root.classList.add("covered");
	const lockIfIdle = () => {
		const now = Date.now();
		if (!idle.over(now, idleLimit())) return;
		idle.touch(now);
		lock();
	};
	// A sleeping phone wakes with the press that ends the wait: look before counting it.
	const touch = () => {
		lockIfIdle();
		idle.touch(Date.now());
	};
	const uncover = () => {
		if (document.visibilityState === "hidden") return;
		lockIfIdle();
		root.classList.remove("covered");
	};

	document.addEventListener(
		"click",
		(event) => {
			if (!(event.target instanceof Element) || !event.target.closest('a[href="/exit"]')) return;
			event.preventDefault();
			event.stopImmediatePropagation();
			leave(dropSession);
		},
		true,
	);
	document.addEventListener("keydown", (event) => shift.down(event.key, event.repeat), true);
	document.addEventListener(
		"keyup",
		(event) => {
			if (shift.up(event.key, event.timeStamp)) leave(dropSession);
		},
		true,
	);

	for (const sign of ["pointerdown", "keydown", "wheel", "touchmove"]) {
		document.addEventListener(sign, touch, { capture: true, passive: true });
	}
	document.addEventListener("visibilitychange", () =>
		document.visibilityState === "hidden" ? cover() : uncover(),
	);
	window.addEventListener("popstate", stayHeld);
	window.addEventListener("blur", cover);
	window.addEventListener("focus", uncover);
	window.addEventListener("pagehide", cover);
	window.addEventListener("pageshow", (event) => {
		if (!event.persisted) return;
		wipe();
		renew();
	});
	window.addEventListener("beforeinstallprompt", (event) => event.preventDefault());
	setInterval(lockIfIdle, checkEvery);
}
