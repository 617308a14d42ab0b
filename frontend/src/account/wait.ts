import { useEffect } from "preact/hooks";

/** useWait is true for as many seconds as the server asked for, then clears the problem. */
export function useWait(seconds: number | null, over: () => void): boolean {
	useEffect(() => {
		if (!seconds) return;
		const timer = setTimeout(over, seconds * 1_000);
		return () => clearTimeout(timer);
	}, [seconds]);
	return Boolean(seconds);
}
