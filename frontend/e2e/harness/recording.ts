/** silence is a recording of some seconds, Opus in Ogg, with a comment as a phone writes it. */
export function silence(seconds: number, comment: string): Buffer {
	const head = Buffer.from("4f707573486561640101000080bb0000000000", "hex");
	const tags = Buffer.concat([
		Buffer.from("OpusTags"),
		uint32(0),
		uint32(1),
		uint32(Buffer.byteLength(comment)),
		Buffer.from(comment),
	]);
	// One packet that says nothing for twenty milliseconds.
	const packets = Array.from({ length: 50 }, () => Buffer.from([0xf8, 0xff, 0xfe]));
	const pages = [page(0, 2, 0, [head]), page(1, 0, 0, [tags])];
	for (let second = 1; second <= seconds; second++) {
		pages.push(page(second + 1, second === seconds ? 4 : 0, second * 48_000, packets));
	}
	return Buffer.concat(pages);
}

function page(number: number, flags: number, granule: number, packets: readonly Buffer[]): Buffer {
	const lengths = Buffer.from(packets.map((packet) => packet.length));
	const position = Buffer.alloc(8);
	position.writeBigUInt64LE(BigInt(granule));
	const parts = [
		Buffer.from("OggS"),
		Buffer.from([0, flags]),
		position,
		uint32(7),
		uint32(number),
		uint32(0),
		Buffer.from([lengths.length]),
		lengths,
		...packets,
	];
	const whole = Buffer.concat(parts);
	whole.writeUInt32LE(sumOf(whole), 22);
	return whole;
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

/** CRC-32 as Ogg counts it: from the highest bit on, beginning with nothing. */
function sumOf(bytes: Buffer): number {
	let sum = 0;
	for (const byte of bytes) {
		sum ^= byte << 24;
		for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
	}
	return sum >>> 0;
}
