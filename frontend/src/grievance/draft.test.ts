import { expect, it } from "vitest";
import { emptyDraft, lackOf, readersLeft, talkOf } from "./draft.ts";
import type { TalkCategory } from "./types.ts";

const category: TalkCategory = {
	key: "discrimination",
	acknowledge: 3,
	decision: 7,
	outcome: 30,
	readers: [
		{ id: "mem_1", name: "सरिता", role: "focalPoint" },
		{ id: "mem_2", name: "उर्मि", role: "deputy" },
		{ id: "mem_3", name: "कल्पना", role: "board" },
	],
};

it("who is ticked does not read, and the next one takes the first place", () => {
	const names = (about: string[]) => readersLeft(category, { ...emptyDraft, about }).map((r) => r.name);
	expect(names([])).toEqual(["सरिता", "उर्मि", "कल्पना"]);
	expect(names(["mem_1"])).toEqual(["उर्मि", "कल्पना"]);
	expect(names(["mem_1", "mem_2", "mem_3"])).toEqual([]);
});

it("no coordinator reads where somebody is described, for it may be one of them", () => {
	const everyday: TalkCategory = {
		...category,
		key: "service",
		readers: [{ id: "mem_4", name: "दीपा", role: "coordinator" }, ...category.readers],
	};
	expect(readersLeft(everyday, emptyDraft)[0]?.name).toBe("दीपा");
	expect(readersLeft(everyday, { ...emptyDraft, described: true })[0]?.name).toBe("सरिता");
});

it("only what she gave is sent, and of the ticks only those who would read", () => {
	const draft = { ...emptyDraft, category: category.key, text: " कुरा \n" };
	expect(talkOf(draft, category)).toEqual({ category: "discrimination", text: "कुरा" });
	expect(
		talkOf(
			{
				...draft,
				about: ["mem_2", "mem_9"],
				described: true,
				name: " माया ",
				earlier: "४८२७ 1903 5561 2074 1225",
			},
			category,
		),
	).toEqual({
		category: "discrimination",
		text: "कुरा",
		about: ["mem_2"],
		described: true,
		name: "माया",
		earlier: "48271903556120741225",
	});
});

it("words are needed, and an earlier receipt is whole or left out", () => {
	expect(lackOf(emptyDraft)).toEqual({ text: "missing" });
	expect(lackOf({ ...emptyDraft, text: "कुरा" })).toEqual({});
	expect(lackOf({ ...emptyDraft, text: "कुरा", earlier: "4827 19" })).toEqual({ earlier: 6 });
	expect(lackOf({ ...emptyDraft, text: "कुरा", earlier: "48271903556120741225" })).toEqual({});
	expect(lackOf({ ...emptyDraft, text: "कुरा", earlier: "48271903556120741226" })).toEqual({ earlier: 20 });
});
