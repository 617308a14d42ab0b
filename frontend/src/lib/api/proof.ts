/** How she is asked to show that it is she: true once she has, false when she would rather not. */
type Ask = () => Promise<boolean>;

let ask: Ask = () => Promise.resolve(false);
let asking: Promise<boolean> | null = null;

/** whenProofNeeded sets how she is asked. */
export function whenProofNeeded(how: Ask): void {
	ask = how;
}

/** prove asks her, once for all who want to know meanwhile. */
export function prove(): Promise<boolean> {
	asking ??= ask().finally(() => {
		asking = null;
	});
	return asking;
}

// What gives her another cookie in the place of hers, which is dead from then on.
const renewing = new Set([
	"/api/session/proof",
	"/api/session/passphrase",
	"/api/session/factor/totp",
	"/api/session/factor/code",
	"/api/session/factor/passkey",
	"/api/factors/totp/confirm",
	"/api/factors/passkey",
]);
let renewals = 0;
let underWay: Promise<unknown> = Promise.resolve();

/** renewalsNow counts the cookies so far, for a request to remember with which one it went. */
export function renewalsNow(): number {
	return renewals;
}

/** watchRenewal counts an answer that brings another cookie, and lets others wait for it. */
export function watchRenewal(url: string, answer: Promise<Response>): Promise<Response> {
	if (!renewing.has(url)) return answer;
	const counted = answer.then((response) => {
		if (response.ok) renewals++;
		return response;
	});
	underWay = counted.catch(() => undefined);
	return counted;
}

/**
 * worthAgain tells whether a refused request will fare better when it is sent
 * once more: when it was on its way with a cookie that another has replaced
 * meanwhile, or after she has proved that it is she.
 */
export async function worthAgain(code: string, url: string, sentWith: number): Promise<boolean> {
	if (code === "session.renewed") {
		if (!renewing.has(url)) await underWay;
		return true;
	}
	if (code !== "session.proof_needed") return false;
	return renewals !== sentWith || prove();
}

/**
 * turnedAway tells whether a refusal means that she has to come in again: the
 * server no longer knows her, or her work has come to ask for more than she
 * showed when she came.
 */
export function turnedAway(code: string, url: string): boolean {
	// Asking whether she is signed in is no surprise; anything else is.
	if (code === "session.absent" || code === "session.renewed") return url !== "/api/session";
	// Where something is given or enrolled, this says what to ask for.
	return code === "session.factor_needed" && !/^\/api\/(session|factors)(\/|$)/.test(url);
}
