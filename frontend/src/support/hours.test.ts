import { describe, expect, it } from "vitest";
import { inOrder, nextSpan, quarters, sameHours, spanFaults } from "./hours.ts";
import type { Hours, Span } from "./types.ts";

const span = (weekday: number, from: string, to: string): Span => ({ weekday, from, to });

describe("the hours of a week", () => {
	it("say which of them cannot stand", () => {
		const spans = [
			span(0, "10:00", "13:00"),
			span(0, "12:45", "15:00"),
			span(0, "13:00", "13:00"),
			span(1, "10:00", "10:30"),
			span(1, "10:30", "12:00"),
		];
		expect([...spanFaults(spans, 45)]).toEqual([
			[1, "overlap"],
			[2, "order"],
			[3, "short"],
		]);
		expect(spanFaults([span(0, "10:00", "13:00"), span(0, "13:00", "14:00")], 60).size).toBe(0);
	});

	it("are offered after what a day has already", () => {
		expect(nextSpan([], 2)).toEqual(span(2, "10:00", "13:00"));
		expect(nextSpan([span(2, "10:00", "13:00")], 2)).toEqual(span(2, "14:00", "16:00"));
		expect(nextSpan([span(1, "10:00", "13:00")], 2)).toEqual(span(2, "10:00", "13:00"));
		const late = nextSpan([span(2, "18:00", "22:00")], 2);
		expect(late.from < late.to).toBe(true);
	});

	it("are chosen by the quarter, and keep a time that lies outside", () => {
		expect(quarters("10:00")).toContain("13:45");
		expect(quarters("04:30")[0]).toBe("04:30");
		expect(quarters("10:00").every((time) => /^\d\d:(00|15|30|45)$/.test(time))).toBe(true);
	});

	it("are the same in whatever order they were typed", () => {
		const hours: Hours = {
			spans: [span(3, "10:00", "12:00"), span(0, "10:00", "12:00")],
			length: 45,
			cap: 6,
			languages: ["ne", "thl"],
			paused: false,
			agreed: true,
		};
		expect(inOrder(hours.spans).map((s) => s.weekday)).toEqual([0, 3]);
		expect(
			sameHours(hours, { ...hours, spans: inOrder(hours.spans), languages: ["thl", "ne"], agreed: false }),
		).toBe(true);
		expect(sameHours(hours, { ...hours, cap: 5 })).toBe(false);
	});
});
