import { expect, it } from "vitest";
import { receiversOf, sameReceiver, sentReceivers } from "./bodies.ts";

const partner = { id: "org_a", name: { en: "Partner" }, hosts: ["partner.example"] };
const fund = { id: "org_b", name: { en: "Fund" }, hosts: ["fund.example"] };

it("who receives results already goes by id, who is new by address", () => {
	const parts = { ...receiversOf([partner]), "new-1": { host: "https://Fund.example/" } };
	expect(sentReceivers(parts)).toEqual([{ id: "org_a" }, { host: "fund.example" }]);
});

it("a body read anew is the same one, whatever it is called by now", () => {
	const read = receiversOf([partner, fund]);
	const again = receiversOf([{ ...partner, name: { en: "Partners" } }]);
	expect(sameReceiver(read.org_a, again.org_a)).toBe(true);
	expect(sameReceiver(read.org_a, read.org_b)).toBe(false);
	expect(sameReceiver(read.org_a, undefined)).toBe(false);
	expect(sameReceiver({ host: "fund.example" }, { host: " Fund.Example" })).toBe(true);
});
