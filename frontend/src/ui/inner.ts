import { useEffect, useState } from "preact/hooks";

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

	function open(what: T): void {
		if (!isMarked()) history.pushState({ ...history.state, inner: true }, "");
		setOpened(what);
	}
	function close(): void {
		setOpened(null);
		if (isMarked()) history.back();
	}
	useEffect(() => {
		if (first !== null) open(first);
		function follow(): void {
			if (!isMarked()) setOpened(null);
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

function isMarked(): boolean {
	return Boolean((history.state as { inner?: boolean } | null)?.inner);
}
