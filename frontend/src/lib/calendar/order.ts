/**
 * compareWritten compares days, times and instants as they are written. It is not
 * localeCompare, which starts the browser's whole Intl at its first call.
 */
export function compareWritten(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
