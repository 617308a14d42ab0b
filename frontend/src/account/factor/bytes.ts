/** fromBase64url reads bytes as the server writes them: base64url without padding, RFC 4648 section 5. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
	const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
	return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

/** toBase64url writes bytes as the server reads them. */
export function toBase64url(bytes: ArrayBuffer): string {
	const plain = String.fromCharCode(...new Uint8Array(bytes));
	return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
