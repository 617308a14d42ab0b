/**
 * markLeft says to the server, with whatever is asked for next, that she has
 * left: it then ends the session, takes both cookies away and answers as to
 * nobody. A script can't remove the session's own cookie, and without a net
 * nobody hears that it should end. It goes when the browser is closed.
 */
export function markLeft(): void {
	// biome-ignore lint/suspicious/noDocumentCookie: written at once, before the page is gone; a promise may never be kept.
	document.cookie = "__Host-x=1; Path=/; Secure; SameSite=Strict";
}
