import { describe, expect, it } from "vitest";
import { entryOf } from "../people/birth-entry.ts";
import { changeOf, isChangeable, removalOf } from "./own-change.ts";

const unknown = entryOf({ precision: "unknown" }, "bs");
const told = (text: string) => ({ text, birth: unknown });

describe("what she puts right", () => {
	it("is sent without the spaces around it, under the server's name", () => {
		expect(changeOf("alias", told(" जुनकिरी "))).toEqual({ alias: "जुनकिरी" });
		expect(changeOf("paper_name", told("माया"))).toEqual({ paperName: "माया" });
		expect(changeOf("district", told("Jhapa"))).toEqual({ district: "Jhapa" });
		expect(changeOf("language", told("nb"))).toEqual({ language: "nb" });
	});

	it("is nothing while nothing is written, and never a removal by oversight", () => {
		for (const field of ["alias", "paper_name", "phone", "district"] as const) {
			expect(changeOf(field, told("  "))).toBeNull();
		}
		expect(changeOf("birth", told(""))).toBeNull();
	});

	it("is a birth as far as it is known", () => {
		const year = { ...unknown, precision: "year" as const, year: 2050 };
		expect(changeOf("birth", { text: "", birth: year })).toEqual({
			birth: { precision: "year", bsYear: 2050 },
		});
		const day = { ...unknown, precision: "day" as const, calendar: "ad" as const, year: 1994, month: 2 };
		expect(changeOf("birth", { text: "", birth: { ...day, day: 0 } })).toBeNull();
		expect(changeOf("birth", { text: "", birth: { ...day, day: 28 } })).toEqual({
			birth: { precision: "day", day: "1994-02-28" },
		});
	});

	it("is taken away by saying so", () => {
		expect(removalOf("phone")).toEqual({ phone: null });
		expect(removalOf("paper_name")).toEqual({ paperName: null });
	});

	it("is not what others decide", () => {
		expect(["group", "membership", "sign_in"].some(isChangeable)).toBe(false);
	});
});
