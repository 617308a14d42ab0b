import { describe, expect, it } from "vitest";
import type { Session } from "../../lib/api/index.ts";
import { forget, halfway, homeOf, session, settle } from "../session.ts";
import { fromBase64url, toBase64url } from "./bytes.ts";
import { squareOf } from "./square.ts";
import { digitsFrom, inFours, paperFrom } from "./typed.ts";

describe("bytes on the wire", () => {
	// RFC 4648, section 10, in the alphabet of section 5.
	it.each([
		["", ""],
		["f", "Zg"],
		["fo", "Zm8"],
		["foobar", "Zm9vYmFy"],
		["\u00fb\u00ff\u00fe", "-__-"],
	])("%j are written as %j and read back", (plain, written) => {
		const bytes = Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
		expect(toBase64url(bytes.buffer)).toBe(written);
		expect(fromBase64url(written)).toEqual(bytes);
	});
});

describe("the digits of an app", () => {
	it.each(["123456", "123 456", " 123-456 ", "१२३ ४५६", "1२3४5६", "123\u00a0456"])(
		"are read from %j",
		(typed) => {
			expect(digitsFrom(typed)).toBe("123456");
		},
	);
	it.each(["", "12345", "1234567", "12345a", "१२३४५"])("aren't whole in %j", (typed) => {
		expect(digitsFrom(typed)).toBeNull();
	});
});

describe("a code from paper", () => {
	it.each(["K7QM-2XPA-9RTC-WZ4H", "k7qm2xpa9rtcwz4h", " K7QM 2XPA 9RTC WZ4H ", "K७QM–२XPA–९RTC–WZ४H"])(
		"is read from %j",
		(typed) => {
			expect(paperFrom(typed)).toBe("K7QM2XPA9RTCWZ4H");
		},
	);
	it.each(["", "K7QM-2XPA-9RTC", "K7QM-2XPA-9RTC-WZ4H-A"])("isn't whole in %j", (typed) => {
		expect(paperFrom(typed)).toBeNull();
	});
});

describe("the secret of an app", () => {
	it("is shown in groups of four", () => {
		expect(inFours("JBSWY3DPEH")).toEqual(["JBSW", "Y3DP", "EH"]);
	});

	it("is drawn with the three corners that a reader looks for, and a margin", () => {
		const { size, path } = squareOf("otpauth://totp/river-lamp-seven?secret=JBSWY3DPEHPK3PXP");
		const dark = new Set(path.match(/M\d+ \d+/g));
		const corner = (x: number, y: number) =>
			[0, 6].every((d) => dark.has(`M${x + d} ${y}`) && dark.has(`M${x} ${y + d}`));
		expect(corner(4, 4) && corner(size - 11, 4) && corner(4, size - 11)).toBe(true);
		expect(
			[...dark].every((at) =>
				at
					.slice(1)
					.split(" ")
					.every((n) => +n >= 4 && +n < size - 4),
			),
		).toBe(true);
	});
});

describe("whoever owes something more than words", () => {
	const who = { handle: "river-lamp-seven", roles: ["board", "member"] } as unknown as Session;
	const owing = { ...who, needs: { kind: "factor", ways: ["totp"] } } as unknown as Session;

	it("is not in: no page is hers but the one that asks for it", () => {
		expect(homeOf(settle(owing))).toBe("/in");
		expect([session.value, halfway.value]).toEqual([null, owing]);
	});

	it("is in once she gave it, and forgotten wholly when she goes", () => {
		expect(homeOf(settle(who))).toBe("/matters");
		expect([session.value, halfway.value]).toEqual([who, null]);
		settle(owing);
		forget("signed_out");
		expect([session.value, halfway.value]).toEqual([null, null]);
	});
});
