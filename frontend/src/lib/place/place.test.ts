import { afterEach, expect, it } from "vitest";
import admin from "../../../../models/place/nepal_admin.json";
import { language } from "../words/index.ts";
import { districts } from "./districts.gen.ts";
import { districtOptions, districtWords } from "./index.ts";

afterEach(() => {
	language.value = "ne";
});

it("knows the districts that the server knows, and no others", () => {
	const known = admin.districts.map(([, , en, ne]) => [en, ne]);
	expect(districts).toEqual(known);
	expect(districtOptions()).toHaveLength(77);
});

it("says a district in the language on screen", () => {
	expect(districtWords("Jhapa")).toBe("झापा");
	expect(districtWords("गाउँ")).toBe("गाउँ");
	language.value = "nb";
	expect(districtWords("Jhapa")).toBe("Jhapa");
	expect(districtOptions()[0]?.label).toBe("Achham");
});
