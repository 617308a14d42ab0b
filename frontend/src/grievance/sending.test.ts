import { beforeEach, expect, it } from "vitest";
import { Problem } from "../lib/api/index.ts";
import { Sender } from "./sending.ts";
import type { Talk, TalkSent } from "./types.ts";

const words = { category: "service", text: "तालिम छोटो भयो" } as const;
const receipt = (digits: string): TalkSent => ({
	receipt: digits,
	acknowledgeBy: "2026-12-05",
	decideBy: null,
	outcomeBy: "2026-12-28",
	readers: [],
});
const refused = (code: string, retryAfter: number | null = null) =>
	new Problem("refused", code, 409, [], retryAfter);
const offline = () => new Problem("offline", "request.unreached");

let posted: Talk[];
let waited: number[];
let answers: (TalkSent | Problem)[];
let sender: Sender;

beforeEach(() => {
	posted = [];
	waited = [];
	answers = [];
	let forms = 0;
	sender = new Sender("form-0", {
		post: async (talk) => {
			posted.push(talk);
			const answer = answers.shift() ?? expect.fail("one sending too many");
			if (answer instanceof Problem) throw answer;
			return answer;
		},
		form: async () => ({ token: `form-${++forms}`, waitSeconds: 5 }),
		wait: async (seconds) => {
			waited.push(seconds);
		},
	});
});

it("a press repeated after the line broke carries the same form and words", async () => {
	answers = [offline(), receipt("1")];
	await expect(sender.send(words)).rejects.toMatchObject({ kind: "offline" });
	expect(await sender.send(words)).toEqual({ answer: receipt("1"), changedSince: false });
	expect(posted[0]).toEqual(posted[1]);
	expect(posted[0]?.token).toBe("form-0");
});

it("a form that is too young is waited for, as long as the server says", async () => {
	answers = [refused("grievance.form_too_fast", 3), receipt("1")];
	await sender.send(words);
	expect(waited).toEqual([3]);
	expect(posted[1]).toEqual(posted[0]);
});

it("a form that has grown old is renewed, and her words go with the new one", async () => {
	answers = [refused("grievance.form_old"), receipt("1")];
	await sender.send(words);
	expect(waited).toEqual([5]);
	expect(posted.map((talk) => talk.token)).toEqual(["form-0", "form-1"]);
	expect(posted[1]?.text).toBe(words.text);
});

it("words changed after a try that had arrived unseen still end with the receipt of what arrived", async () => {
	answers = [offline(), refused("grievance.form_used"), receipt("1")];
	await expect(sender.send(words)).rejects.toMatchObject({ kind: "offline" });
	const sent = await sender.send({ ...words, text: "अझै केही" });
	expect(sent).toEqual({ answer: receipt("1"), changedSince: true });
	expect(posted[2]).toEqual(posted[0]);
});

it("of several tries the one that arrived is found", async () => {
	const used = refused("grievance.form_used");
	answers = [offline(), offline(), used, used, receipt("2")];
	for (const text of ["क", "ख"]) {
		await expect(sender.send({ ...words, text })).rejects.toMatchObject({ kind: "offline" });
	}
	expect((await sender.send({ ...words, text: "ग" })).answer).toEqual(receipt("2"));
	expect(posted.at(-1)?.text).toBe("ख");
});

it("any other refusal is told at once, and a server that only asks to wait is not asked for ever", async () => {
	answers = [refused("grievance.nobody_free")];
	await expect(sender.send(words)).rejects.toMatchObject({ code: "grievance.nobody_free" });
	answers = Array.from({ length: 5 }, () => refused("grievance.form_too_fast", 1));
	await expect(sender.send(words)).rejects.toMatchObject({ code: "grievance.form_too_fast" });
	expect(answers).toEqual([]);
});
