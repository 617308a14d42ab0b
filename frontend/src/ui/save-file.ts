// Long enough for any browser to have begun with it.
const kept = 10_000;

/** saveFile lets the browser keep a file under a name that tells nothing; the address it had meanwhile is taken back. */
export function saveFile(content: Blob, name: string): void {
	const address = URL.createObjectURL(content);
	const link = document.createElement("a");
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), kept);
}
