import { describe, expect, it } from "vitest";
import { groupOptions } from "./groups.ts";

const group = (id: string, parent: string | null) => ({ id, parent, name: { ne: id }, members: 1 });

describe("the groups as a tree", () => {
	it("sets children in under their parent, in the order they came", () => {
		const options = groupOptions([
			group("root", null),
			group("a", "root"),
			group("b", "root"),
			group("a1", "a"),
		]);
		expect(options.map((option) => option.value)).toEqual(["root", "a", "a1", "b"]);
		expect(options.map((option) => option.label.length - option.value.length)).toEqual([0, 3, 6, 3]);
	});

	it("shows a group whose parent is not hers at the top", () => {
		expect(groupOptions([group("a", "root"), group("a1", "a")]).map((option) => option.value)).toEqual([
			"a",
			"a1",
		]);
	});
});
