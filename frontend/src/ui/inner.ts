import { useEffect, useRef, useState } from "preact/hooks";

/** What is opened inside a page, and how it is opened and closed. */
export interface Inner<T> {
	opened: T | null;
	open: (what: T) => void;
	close: () => void;
}

/**
 * useInner opens one thing inside a page, such as a person of a list, and lets
 * the browser's way back close it again. The address stays the page's own and
 * the history learns only that something was open, never what.
 */
export function useInner<T>(first: T | null = null): Inner<T> {
	const [opened, setOpened] = useState<T | null>(null);
	const shown = useRef<T | null>(null);
	// The history goes back a moment after it was told to; something else may have been opened by then.
	const leaving = useRef(false);

	function show(what: T | null): void {
		shown.current = what;
		setOpened(what);
	}
	function open(what: T): void {
		if (!isMarked()) mark();
		show(what);
	}
	function close(): void {
		show(null);
		if (!isMarked() || leaving.current) return;
		leaving.current = true;
		history.back();
	}
	useEffect(() => {
		if (first !== null) open(first);
		function follow(): void {
			const left = leaving.current;
			leaving.current = false;
			if (isMarked()) return;
			if (left && shown.current !== null) mark();
			else show(null);
		}
		// A link to the page itself, as in the navigation, leads back to its beginning.
		function restart(event: MouseEvent): void {
			const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
			if (link instanceof HTMLAnchorElement && link.pathname === location.pathname && !link.hash) close();
		}
		addEventListener("popstate", follow);
		document.addEventListener("click", restart);
		return () => {
			removeEventListener("popstate", follow);
			document.removeEventListener("click", restart);
		};
	}, []);

	return { opened, open, close };
}

function mark(): void {
	history.pushState({ ...history.state, inner: true }, "");
}

function isMarked(): boolean {
	return Boolean((history.state as { inner?: boolean } | null)?.inner);
}
