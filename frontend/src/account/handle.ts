/**
 * handleFrom reads the sign-in name as she writes it: three words in any case,
 * with spaces, hyphens or both between them.
 */
export function handleFrom(typed: string): string {
	return typed
		.normalize("NFC")
		.trim()
		.toLowerCase()
		.split(/[\s\-\u2010-\u2015_.,]+/u)
		.filter(Boolean)
		.join("-");
}
