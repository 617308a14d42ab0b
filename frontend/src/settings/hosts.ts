import type { Parts } from "./parts.ts";

/** typedHost is a host name as the server keeps it, of what was typed or pasted from an address bar. */
export function typedHost(text: string): string {
	return text
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\//, "")
		.replace(/\/$/, "");
}

/** sentHosts are the host names as the server takes them, each once. */
export function sentHosts(parts: Parts<string>): string[] {
	return [...new Set(Object.values(parts).map(typedHost).filter(Boolean))];
}
