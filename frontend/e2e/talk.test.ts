import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { read, statusAt } from "./harness/ask.ts";
import { historyOf, keptBy } from "./harness/kept.ts";
import { follow, inDialog, press, sees, seesHeading, tick, write } from "./harness/steps.ts";
import { chooseTopic, comeBack, leaveReceipt, receiptOn, speakUp, writeOn } from "./harness/talk.ts";
import { visit, visitAs } from "./harness/visit.ts";
import { m, numerals } from "./harness/words.ts";

interface Listed {
	id: string;
	anonymous: boolean;
}

const listed = async (page: Page) => (await read<{ items: Listed[] }>(page, "/api/grievances")).items;

/** What has come into a reader's hands while something was done. */
async function newIn(page: Page, act: () => Promise<unknown>): Promise<Listed[]> {
	const before = new Set((await listed(page)).map(({ id }) => id));
	await act();
	return (await listed(page)).filter(({ id }) => !before.has(id));
}

/** The reader opens one from her list, having said that she is close to nobody in it. */
async function open(page: Page, id: string): Promise<void> {
	await page.goto("/matters");
	await page.locator(`[data-matter="${id}"]`).click();
	await sees(page, m["handle.conflict"]());
	await press(page, m["handle.conflictNo"]());
	await sees(page, m["handle.readers"]());
}

test("what she says without a name is read, answered, decided and closed by the focal point, and she comes back for it with her digits", async () => {
	const { page } = await visit();
	const focal = (await visitAs("focalPoint", { device: "laptop" })).page;
	await focal.goto("/matters");
	const text = "कुरा राखेको भोलिपल्ट मलाई समूहमा बोलाइएन।";
	let receipt = "";
	const [sent] = await newIn(focal, async () => {
		receipt = await speakUp(page, { about: m["talk.cat3"](), text });
	});
	if (!sent) throw new Error("nothing arrived");
	expect(sent.anonymous).toBe(true);
	await leaveReceipt(page);

	await open(focal, sent.id);
	await sees(focal, text);
	await sees(focal, m["handle.anonymous"]());
	await sees(focal, m["handle.onlyYou"]());
	await sees(focal, m["handle.close.first"]());
	await write(focal, m["handle.write"](), "पढेँ। तपाईंलाई नसोधी कसैसँग कुरा गर्दिनँ।");
	await press(focal, m["handle.reply"]());
	await sees(focal, m["state.sent"]());

	// Digits as they stand on her paper: Nepali ones, with gaps of every kind.
	const typed = numerals(receipt.replace(/(.{4})/g, "$1 ").trim()).replace(" ", " - ");
	await comeBack(page, typed);
	await seesHeading(page, m["outcome.new"]());
	await sees(page, "पढेँ। तपाईंलाई नसोधी कसैसँग कुरा गर्दिनँ।");
	expect(await page.locator("main").textContent(), "her own words, before she asks").not.toContain(text);
	await press(page, m["receipt.earlier"]());
	await sees(page, text);
	await write(page, m["outcome.write"](), "त्यो दिन म पनि थिएँ।");
	await press(page, m["do.send"]());
	await sees(page, m["state.sent"]());
	await press(page, m["receipt.done"]());

	await open(focal, sent.id);
	await sees(focal, "त्यो दिन म पनि थिएँ।");
	await tick(focal, m["handle.kind.note"]());
	await write(focal, m["handle.write"](), "आइतबार समूहमा सोध्ने।");
	await press(focal, m["handle.note"]());
	await sees(focal, m["state.saved"]());
	await tick(focal, m["handle.kind.decision"]());
	await write(focal, m["handle.write"](), "अबदेखि सबैलाई बोलाइन्छ।");
	await press(focal, m["handle.decide.send"]());
	await sees(focal, m["state.sent"]());
	await press(focal, m["handle.close"]());
	await inDialog(focal, m["handle.close"]());
	await sees(focal, m["handle.told.missing"]());
	await write(focal, m["outcome.result"](), "बोलाउने नियम मिलाइयो।");
	await tick(focal, m["handle.wishes.met"]());
	await tick(focal, m["handle.told"]());
	await inDialog(focal, m["handle.close"]());
	await sees(focal, m["handle.closed"]());

	await comeBack(page, receipt);
	await sees(page, "अबदेखि सबैलाई बोलाइन्छ।");
	await sees(page, m["receipt.decision"]());
	await sees(page, m["receipt.closed"]());
	expect(await page.locator("main").textContent(), "what only readers see").not.toContain("आइतबार");
	await press(page, m["receipt.forget"]());
	await inDialog(page, m["do.remove"]());
	await sees(page, m["receipt.forgotten"]());
	expect(await page.locator("main").textContent()).not.toContain("अबदेखि");
});

test("the receipt cannot be lost by a slip, and its digits stay nowhere", async () => {
	const seen = await visit();
	const { page } = seen;
	const { addresses } = historyOf(page);
	await page.goto("/");
	await follow(page, m["talk.title"]());
	await seesHeading(page, m["exit.before"]());
	const place = () => page.evaluate(() => [history.length, location.href]);
	const start = await place();
	await press(page, m["exit.understood"]());
	await tick(page, m["talk.cat8"]());
	await writeOn(page, { about: m["talk.cat8"](), text: "भेट हुने कोठामा पर्दा भए हुन्थ्यो।" });
	await press(page, m["do.send"]());
	await seesHeading(page, m["receipt.title"]());
	const receipt = await receiptOn(page);
	expect(receipt).toMatch(/^\d{20}$/);
	expect(await place(), "history and address from start to receipt").toEqual(start);

	const groups = receipt.match(/.{4}/g) ?? [];
	const shown = async () => {
		const words = (await page.locator("html").innerHTML()) + (await page.title());
		return groups.every((group) => words.includes(group) || words.includes(numerals(group)));
	};
	expect(await shown()).toBe(true);
	await press(page, m["receipt.leave"]());
	await sees(page, m["receipt.haveMissing"]());
	await page.locator("a.brand").click();
	await seesHeading(page, m["receipt.title"]());
	await page.goBack();
	await sees(page, m["receipt.covered"]());
	expect(await shown(), "covered").toBe(false);
	expect(await place()).toEqual(start);
	await press(page, m["receipt.show"]());
	expect(await shown()).toBe(true);
	const asked: string[] = [];
	page.on("dialog", (dialog) => {
		asked.push(dialog.type());
		void dialog.dismiss();
	});
	await page.evaluate(() => location.reload());
	await expect.poll(() => asked).toEqual(["beforeunload"]);
	expect(await receiptOn(page)).toBe(receipt);

	const kept = async () => `${await keptBy(seen)} ${addresses.join(" ")}`;
	const secrets = [receipt, groups.join(" "), numerals(receipt), numerals(groups.join(" ")), "पर्दा"];
	const whileOpen = await kept();
	for (const secret of secrets) expect(whileOpen, "kept while the receipt is open").not.toContain(secret);
	await write(page, m["receipt.check"](), numerals(receipt.slice(-4)));
	await sees(page, m["receipt.matches"]());
	await press(page, m["receipt.leave"]());
	await page.waitForURL(/\/$/);
	await page.goForward().catch(() => undefined);
	await page.goBack().catch(() => undefined);
	await page.reload();
	await page.goto("/talk");
	await seesHeading(page, m["exit.before"]());
	expect(await shown(), "after leaving").toBe(false);
	const left = await kept();
	for (const secret of secrets) expect(left, "kept after leaving").not.toContain(secret);
});

test("whom it is about never sees it, and those who have no part in it don't either", async () => {
	const { page } = await visit();
	const focal = (await visitAs("focalPoint", { device: "laptop" })).page;
	const deputy = (await visitAs("deputy", { device: "laptop" })).page;
	const coordinator = (await visitAs("coordinator", { device: "laptop" })).page;
	for (const reader of [focal, deputy, coordinator]) await reader.goto("/matters");

	await chooseTopic(page, m["talk.cat2"]());
	await sees(page, m["talk.limits"]());
	await sees(page, m["talk.reads"]({ names: `सरिता (${m["role.focal"]()})` }));
	const seenByOthers: Listed[] = [];
	const [sent] = await newIn(deputy, async () => {
		seenByOthers.push(
			...(await newIn(focal, () =>
				newIn(coordinator, async () => {
					await writeOn(page, { about: "", text: "उहाँले नराम्ररी बोल्नुभयो।", named: "सरिता" });
					await sees(page, m["talk.reads"]({ names: `उर्मि (${m["role.deputy"]()})` }));
					await press(page, m["do.send"]());
					await seesHeading(page, m["receipt.title"]());
				}).then((got) => seenByOthers.push(...got)),
			)),
		);
	});
	if (!sent) throw new Error("nothing arrived");
	expect(seenByOthers).toEqual([]);
	const path = `/api/grievances/${sent.id}`;
	expect([await statusAt(focal, path), await statusAt(coordinator, path)]).toEqual([404, 404]);
	await open(deputy, sent.id);
	await sees(deputy, "उहाँले नराम्ररी बोल्नुभयो।");
	expect(await deputy.locator("main").textContent()).not.toContain("सरिता");
	await leaveReceipt(page);
});

test("a member who is signed in speaks up without her cookie", async () => {
	const { page } = await visitAs("member");
	await page.goto("/talk");
	await seesHeading(page, m["exit.before"]());
	const asked: Promise<{ path: string; cookie: boolean }>[] = [];
	page.on("request", (request) => {
		const { pathname } = new URL(request.url());
		if (!pathname.startsWith("/api/")) return;
		asked.push(
			request.allHeaders().then((headers) => ({ path: pathname, cookie: headers.cookie !== undefined })),
		);
	});
	const receipt = await speakUp(page, { about: m["talk.cat7"](), text: "तालिमको समय मिलेन।" });
	await leaveReceipt(page);
	await page.waitForURL(/\/home$/);
	await comeBack(page, receipt);
	const open = (await Promise.all(asked)).filter(({ path }) => path.startsWith("/api/talk"));
	expect(open.length).toBeGreaterThanOrEqual(3);
	expect(open.filter(({ cookie }) => cookie)).toEqual([]);
});

test("digits that belong to nothing are refused, and a slip is found before anything is sent", async () => {
	const { page } = await visit();
	await page.goto("/answer");
	await press(page, m["exit.understood"]());
	let sent = 0;
	page.on("request", (request) => {
		if (request.url().endsWith("/api/talk/open")) sent++;
	});
	await write(page, m["receipt.enter"](), "४८२७ १९०३");
	await press(page, m["receipt.return"]());
	await page.getByRole("textbox").and(page.locator("[aria-invalid=true]")).waitFor();
	expect(sent).toBe(0);
	await write(page, m["receipt.enter"](), withCheck("482719035561207412"));
	await press(page, m["receipt.return"]());
	await sees(page, m["fault.grievance.receipt_unknown"]());
	expect(sent).toBe(1);
});

/** A receipt whose check digits are right, as only the server could have made it. */
function withCheck(first: string): string {
	return first + String(98n - (BigInt(`${first}00`) % 97n)).padStart(2, "0");
}
