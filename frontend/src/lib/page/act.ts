import { useRef, useState } from "preact/hooks";
import type { Problem } from "../api/index.ts";
import { fetchFaultWords } from "../words/told.ts";
import { asProblem } from "./load.ts";

export interface Act<Given extends unknown[]> {
	busy: boolean;
	problem: Problem | null;
	/** Starts it; a second press while it runs does nothing. */
	run: (...given: Given) => Promise<void>;
	/** Takes the problem off the screen. */
	clear: () => void;
}

/**
 * useAct runs one thing that she asked for at a time and holds what went wrong
 * with the last try. What she typed is the page's own and stays.
 */
export function useAct<Given extends unknown[]>(act: (...given: Given) => Promise<void>): Act<Given> {
	const running = useRef(false);
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<Problem | null>(null);

	async function run(...given: Given): Promise<void> {
		if (running.current) return;
		running.current = true;
		setBusy(true);
		setProblem(null);
		try {
			await act(...given);
		} catch (trouble) {
			const problem = asProblem(trouble);
			// So that the reason is told at once and not after a word of nothing.
			if (problem.kind === "refused" || problem.isNamed) await fetchFaultWords();
			setProblem(problem);
		} finally {
			running.current = false;
			setBusy(false);
		}
	}

	return { busy, problem, run, clear: () => setProblem(null) };
}
