import { afterEach, describe, expect, it, vi } from "vitest";
import { handleFrom } from "./handle.ts";
import { chosen, leastOwn, noPhrase, phraseFault, spoken } from "./phrase.ts";
import { has, renewSession, session } from "./session.ts";

describe("the sign-in name", () => {
	it.each([
		["river-lamp-seven"],
		[" River  Lamp seven "],
		["RIVER - LAMP - SEVEN"],
		["river–lamp—seven"],
		["river, lamp. seven"],
		["\u00a0river\tlamp\nseven"],
	])("is read from %j", (typed) => {
		expect(handleFrom(typed)).toBe("river-lamp-seven");
	});

	it("is read from Devanagari in composed form", () => {
		expect(handleFrom("नदी बत्ती  सात")).toBe("नदी-बत्ती-सात");
		expect(handleFrom("  ")).toBe("");
	});
});

describe("the passphrase", () => {
	const offered = { ...noPhrase, words: ["पानी", "ढोका", "रुख", "बिहान", "सुन्तला"] };
	const own = { ...noPhrase, own: true, text: "बिहानको घाम र चिया", again: "बिहानको घाम र चिया" };

	it("of offered words needs them to have come and to be kept", () => {
		expect(phraseFault(noPhrase, leastOwn.member)).toBe("none_yet");
		expect(phraseFault(offered, leastOwn.member)).toBe("not_kept");
		expect(phraseFault({ ...offered, kept: true }, leastOwn.member)).toBeNull();
		expect(spoken(offered)).toBe("पानी ढोका रुख बिहान सुन्तला");
	});

	it("of her own is long enough and the same twice, composed or not", () => {
		expect(phraseFault({ ...own, text: "चिया" }, leastOwn.member)).toBe("too_short");
		expect(phraseFault({ ...own, again: "बिहान" }, leastOwn.member)).toBe("differ");
		expect(phraseFault(own, leastOwn.member)).toBeNull();
		const accents = "é".repeat(leastOwn.member);
		expect(
			phraseFault({ ...own, text: accents, again: accents.normalize("NFD") }, leastOwn.member),
		).toBeNull();
	});

	it.each([
		["नदी टोकरी सात // मकै झ्याल ढोका", "नदी टोकरी सात", "मकै झ्याल ढोका"],
		["one two three  //  four five six ", "one two three", "four five six"],
		["one two // three four // five six", "one two", "three four // five six"],
		["one two//three four", "one two//three four", undefined],
		["one two three // ", "one two three // ", undefined],
		[" // four five six", " // four five six", undefined],
	])("of her own %j is sent as %j and %j", (typed, first, second) => {
		expect(chosen({ ...own, text: typed })).toEqual({
			passphrase: first,
			...(second && { secondPassphrase: second }),
		});
	});

	it("of offered words is never two", () => {
		const words = ["a", "//", "b"];
		expect(chosen({ ...offered, words })).toEqual({ passphrase: "a // b" });
	});
});

describe("who she is, asked once more", () => {
	const she = (...roles: string[]) => ({ handle: "river-lamp-seven", roles, idleMinutes: 10 });
	const answers = (body: unknown, status = 200) =>
		vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status })));
	afterEach(() => {
		vi.unstubAllGlobals();
		session.value = undefined;
	});

	it("tells of other roles alone, and goes by them from then on", async () => {
		session.value = she("member", "coordinator") as never;
		answers(she("member", "coordinator"));
		expect(await renewSession()).toBe(false);
		answers(she("member"));
		expect(await renewSession()).toBe(true);
		expect(has("coordinator")).toBe(false);
	});

	it("is asked of nobody who isn't signed in, and is no change where she no longer is", async () => {
		answers({ code: "server.failed" }, 500);
		session.value = null;
		expect(await renewSession()).toBe(false);
		session.value = she("member") as never;
		answers({ code: "session.absent" }, 401);
		expect(await renewSession()).toBe(false);
		expect(session.value).toBeNull();
	});
});
