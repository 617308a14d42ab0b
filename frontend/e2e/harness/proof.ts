import type { Page } from "playwright-core";

/** What the server answers where the last proof that it is she is too long ago. */
export const proofNeeded = {
	status: 403,
	contentType: "application/problem+json",
	body: JSON.stringify({ code: "session.proof_needed", status: 403 }),
};

export interface Intercepted {
	method: string;
	key: string | undefined;
	body: string | null;
}

/**
 * wary answers the first request that changes something at a path as if her proof were
 * too old, which takes ten minutes with a real one; from then on the server
 * itself answers. It gives all that were sent there.
 */
export async function wary(page: Page, path: string): Promise<Intercepted[]> {
	const sent: Intercepted[] = [];
	await page.route(`**${path}`, async (route) => {
		const request = route.request();
		if (request.method() === "GET") return route.continue();
		sent.push({
			method: request.method(),
			key: request.headers()["idempotency-key"],
			body: request.postData(),
		});
		return sent.length === 1 ? route.fulfill(proofNeeded) : route.continue();
	});
	return sent;
}
