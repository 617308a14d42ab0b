import { useEffect, useState } from "preact/hooks";

/**
 * useSoon is false in the first drawing and true in the one after it is on
 * screen. What lies further down waits for it, so that a slow phone can answer
 * a finger in between.
 */
export function useSoon(): boolean {
	const [soon, setSoon] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setSoon(true));
		return () => clearTimeout(timer);
	}, []);
	return soon;
}
