import { expect, it } from "vitest";
import { emptyHoliday, holidayFaults, sentHolidays } from "./holidays.ts";

const tihar = { day: "2026-11-08", name: { ne: "तिहार" } };
const chhath = { day: "2026-11-15", name: { ne: "छठ", en: " " } };

it("a holiday wants a day of its own and a name", () => {
	expect(holidayFaults({ a: tihar, b: chhath }, "a").size).toBe(0);
	expect(holidayFaults({ a: tihar, b: { ...chhath, day: tihar.day } }, "b").get("day")).toBe("twice");
	expect([...holidayFaults({ "new-1": emptyHoliday }, "new-1").keys()]).toEqual(["name", "day"]);
});

it("holidays go to the server in the order of their days", () => {
	expect(sentHolidays({ b: chhath, a: tihar })).toEqual([tihar, { day: chhath.day, name: { ne: "छठ" } }]);
});
