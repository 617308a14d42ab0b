import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api/index.ts";
import { fetchFaultWords } from "../words/told.ts";

/** The one word that says how a page stands. */
export type PageState = "loading" | "ready" | "empty" | "offline" | "failed";

export interface Loaded<T> {
	state: PageState;
	data: T | null;
	problem: Problem | null;
	/** Asks again; what is shown stays until the answer is there. */
	reload: () => void;
	/** Puts a newer answer in the place of the loaded one. */
	put: (data: T) => void;
}

/**
 * useLoad asks for what a page shows, at first and whenever one of `given`
 * changes; a late answer to an earlier question is dropped. `isEmpty` tells
 * when there is nothing to show.
 */
export function useLoad<T>(
	ask: () => Promise<T>,
	given: readonly unknown[] = [],
	isEmpty: (data: T) => boolean = () => false,
): Loaded<T> {
	const [data, setData] = useState<T | null>(null);
	const [problem, setProblem] = useState<Problem | null>(null);
	const [round, setRound] = useState(0);
	const turn = useRef(0);

	useEffect(() => {
		const mine = ++turn.current;
		setProblem(null);
		ask().then(
			(answer) => mine === turn.current && setData(answer),
			async (trouble) => {
				const problem = asProblem(trouble);
				// What a page tells in the words of the fault, so these come first.
				if (problem.isHeld || problem.isNamed || problem.status === 404) await fetchFaultWords();
				if (mine === turn.current) setProblem(problem);
			},
		);
		return () => {
			turn.current++;
		};
	}, [...given, round]);

	return {
		state: stateOf(data, problem, isEmpty),
		data,
		problem,
		reload: () => setRound((n) => n + 1),
		put: setData,
	};
}

function stateOf<T>(data: T | null, problem: Problem | null, isEmpty: (data: T) => boolean): PageState {
	if (problem) return problem.kind === "offline" ? "offline" : "failed";
	if (data === null) return "loading";
	return isEmpty(data) ? "empty" : "ready";
}

/** asProblem keeps a Problem and takes anything else for a failure of ours. */
export function asProblem(trouble: unknown): Problem {
	return trouble instanceof Problem ? trouble : new Problem("broken", "page.failed");
}
