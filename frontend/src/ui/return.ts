import { useEffect, useRef } from "preact/hooks";

/**
 * useReturn brings her back, when what was opened is closed, to the height of
 * the page that she left and to the button that had opened it: the one that
 * bears the opened id as `data-opens`.
 */
export function useReturn(opened: string | null): { leave: () => void } {
	const height = useRef(0);
	const last = useRef<string | null>(null);
	useEffect(() => {
		const from = last.current;
		last.current = opened;
		if (opened !== null || from === null) return;
		window.scrollTo(0, height.current);
		const openers = document.querySelectorAll<HTMLElement>("[data-opens]");
		for (const opener of openers) {
			if (opener.dataset.opens === from) return opener.focus({ preventScroll: true });
		}
	}, [opened]);
	return {
		leave: () => {
			height.current = window.scrollY;
		},
	};
}
