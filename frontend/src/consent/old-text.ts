import { useEffect } from "preact/hooks";
import type { Problem } from "../lib/api/index.ts";

/**
 * useOldText is for a page on which a yes is asked: the organisation may have
 * released another text since it was opened. Then `anew` takes back what was
 * ticked and asks for the text that counts now; whatever else was typed stays, and
 * Trouble says why.
 */
export function useOldText(problem: Problem | null, anew: () => void): void {
	useEffect(() => {
		if (problem?.fields.some(({ code }) => code === "consent.text_old")) anew();
	}, [problem]);
}
