import { encode } from "uqr";

/** A QR code as one path: dark squares of one unit, in a field of `size` by `size` units. */
export interface Square {
	size: number;
	path: string;
}

// The margin that readers need, ISO/IEC 18004: four modules.
const margin = 4;

/** squareOf draws a text as a QR code, with room for a scratched or dim screen (15 % may be lost). */
export function squareOf(text: string): Square {
	const { size, data } = encode(text, { ecc: "M", border: margin });
	const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
	return { size, path };
}
