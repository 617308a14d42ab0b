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
		if (!isMarked()) history.pushState({ inner: true }, "");
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
		addEventListener("popstate", follow);
		return () => removeEventListener("popstate", follow);
	}, []);

	return { opened, open, close };
}

function isMarked(): boolean {
	return Boolean((history.state as { inner?: boolean } | null)?.inner);
}
