import { useEffect, useRef } from "preact/hooks";
import { holdBack } from "../lib/exit/index.ts";

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
		addEventListener("beforeunload", ask);
		document.addEventListener("click", link, true);
		const release = holdBack(() => tell.current("back"));
		return () => {
			removeEventListener("beforeunload", ask);
			document.removeEventListener("click", link, true);
			release();
		};
	}, [holding]);
}
