// What may stay on a phone is written into the worker when it is built
// (scripts/alone.mjs): nothing is ever added while it runs.

/** One file of the build: its address, and the SHA-256 of its bytes as browsers check it ("sha256-…"). */
export type Listed = readonly [address: string, hash: string];

declare const KEPT_FILES: readonly Listed[];
declare const KEPT_PAGES: readonly string[];
declare const KEPT_NAME: string;

/** Every file that is kept; the page itself stands under "/". */
export const files = KEPT_FILES;
/** The addresses at which that page is shown when there is no net. */
export const pages = KEPT_PAGES;
/** The name of the cache: a digest of the list, which tells nothing. */
export const name = KEPT_NAME;
