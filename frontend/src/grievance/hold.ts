import { useEffect, useRef } from "preact/hooks";

export type Leaving = "link" | "back";

/**
 * useHold keeps her on the page while it holds something that would be lost for
 * good, and tells how she tried to leave: by a link of ours, or by the browser's
 * way back within our pages. Leaving our pages altogether is asked by the
 * browser in its own words. The quick exit is never held.
 */
export function useHold(holding: boolean, onTry: (how: Leaving) => void): void {
	const tell = useRef(onTry);
	tell.current = onTry;
	useEffect(() => {
		if (!holding) return;
		const here = location.pathname;

		function ask(event: BeforeUnloadEvent): void {
			// The quick exit has emptied the page before it leaves.
			if (!document.documentElement.classList.contains("gone")) event.preventDefault();
		}
		function link(event: MouseEvent): void {
			const to = event.target instanceof Element ? event.target.closest("a[href]") : null;
			if (!(to instanceof HTMLAnchorElement) || to.hash || to.pathname === "/exit") return;
			event.preventDefault();
			event.stopPropagation();
			tell.current("link");
		}
		// The entry that she went back from is put where it was, so the history
		// stays as long as it is, and nobody else hears of the move.
		function back(event: PopStateEvent): void {
			if (location.pathname === here) return;
			event.stopImmediatePropagation();
			history.pushState(null, "", here);
			tell.current("back");
		}
		addEventListener("beforeunload", ask);
		document.addEventListener("click", link, true);
		addEventListener("popstate", back, true);
		return () => {
			removeEventListener("beforeunload", ask);
			document.removeEventListener("click", link, true);
			removeEventListener("popstate", back, true);
		};
	}, [holding]);
}
