import { asProblem } from "../lib/page/index.ts";

/**
 * orStale waits for an act, and tells when it was refused because the thing has
 * changed meanwhile: closed, decided, or in other hands.
 */
export async function orStale<T>(act: Promise<T>, onStale: () => void): Promise<T> {
	try {
		return await act;
	} catch (trouble) {
		const { status } = asProblem(trouble);
		if (status === 409 || status === 412) onStale();
		throw trouble;
	}
}
