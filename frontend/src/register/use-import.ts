import { useRef, useState } from "preact/hooks";
import { Problem } from "../lib/api/index.ts";
import { type Loaded, useLoad } from "../lib/page/index.ts";
import {
	choose,
	findImport,
	type ImportAnswer,
	type ImportChange,
	type ImportRow,
	mend,
	type RegisterImport,
	type RowChange,
} from "./api.ts";

/** An import on screen, and how it is changed. */
export interface Worked extends Loaded<ImportAnswer> {
	/** Somebody changed it elsewhere, so what she did was not done: the newest is shown. */
	stale: boolean;
	/** Counts up when all rows must be asked for anew. */
	round: number;
	/** Says how the file is to be read; false when it was stale. */
	choose: (change: ImportChange) => Promise<boolean>;
	/** Changes one row and gives it as it is then; null when it was stale. */
	mend: (key: number, change: RowChange) => Promise<ImportRow | null>;
}

/**
 * useImport holds one import and its version. Changes go one after the other,
 * each on the version that the one before it made; one that meets a newer
 * version is not made, the report is fetched anew and says so.
 */
export function useImport(id: string): Worked {
	const loaded = useLoad<ImportAnswer>(async () => {
		const answer = await findImport(id);
		version.current = answer.version;
		return answer;
	}, [id]);
	const version = useRef<string | null>(null);
	const queue = useRef<Promise<unknown>>(Promise.resolve());
	const [stale, setStale] = useState(false);
	const [round, setRound] = useState(0);

	function inTurn<T>(act: () => Promise<T>): Promise<T | null> {
		const turn = queue.current.then(async () => {
			setStale(false);
			try {
				return await act();
			} catch (trouble) {
				if (!(trouble instanceof Problem) || trouble.status !== 412) throw trouble;
				put(await findImport(id));
				setRound((n) => n + 1);
				setStale(true);
				return null;
			}
		});
		queue.current = turn.catch(() => undefined);
		return turn;
	}
	function put(answer: ImportAnswer): void {
		version.current = answer.version;
		loaded.put(answer);
	}

	return {
		...loaded,
		put,
		stale,
		round,
		choose: async (change) => {
			const answer = await inTurn(() => choose(id, change, version.current));
			if (!answer) return false;
			put(answer);
			setRound((n) => n + 1);
			return true;
		},
		mend: async (key, change) => {
			const answer = await inTurn(() => mend(id, key, change, version.current));
			if (!answer) return null;
			version.current = answer.version;
			loaded.reload(); // one row can move the counts of others
			return answer.data;
		},
	};
}

/** The people that would come in or be changed. */
export function coming({ counts }: RegisterImport): number {
	return counts.created + counts.updated;
}
