import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { read, statusAt } from "./harness/ask.ts";
import { inspect } from "./harness/inspect.ts";
import { newMember } from "./harness/member.ts";
import { inDialog, press, sees, seesHeading, tick, unfold, write } from "./harness/steps.ts";
import { cookieOf, statusOf, visitAs } from "./harness/visit.ts";
import { faultWords, m, number } from "./harness/words.ts";

const as = async (role: string) => (await visitAs(role, { device: "laptop", acceptDownloads: true })).page;

// She whom the requests are about that leave her as she was.
let found: ReturnType<typeof newMember> | null = null;
const someone = () => {
	found ??= newMember("कटुसबोट", "9841000555");
	return found;
};

/** The request that was asked for with a reason. */
const card = (page: Page, reason: string) => page.locator("section.card").filter({ hasText: reason });

/** begin opens the form, for one kind of request where she may choose among several. */
async function begin(page: Page, kind: string): Promise<void> {
	await page.goto("/asks");
	await unfold(page, m["asks.new"]());
	await tick(page, kind);
}

/** giving says which role is to be given. */
async function giving(page: Page, role: string): Promise<void> {
	await page.getByRole("group", { name: m["asks.give"]() }).locator("label.pick").first().click();
	await page.getByLabel(m["asks.role"](), { exact: true }).selectOption(role);
}

/** send asks for it with a reason; who asked can only take it back. */
async function send(page: Page, reason: string): Promise<void> {
	await write(page, m["asks.reason"](), reason);
	await press(page, m["asks.send"]());
	await sees(page, m["asks.sent"]());
	await card(page, reason).getByText(m["asks.byYou"]()).waitFor();
	expect(await card(page, reason).getByRole("button").allTextContents(), "on her own").toEqual([
		m["asks.withdraw"](),
	]);
}

/** approve says yes to what waits with a reason. */
async function approve(page: Page, reason: string): Promise<void> {
	await page.goto("/asks");
	await card(page, reason).getByRole("button", { name: m["asks.approve"](), exact: true }).click();
	await sees(page, m["asks.approve.what"]());
	await inDialog(page, m["asks.approve"]());
	await card(page, reason).getByText(m["asks.state.approved"]()).waitFor();
}

test("a role is asked for by one and given by another, and she who gets it has it at once", async () => {
	const reason = "मानिसको कुरा राम्रोसँग सुन्नुहुन्छ।";
	const { handle, visits } = await newMember("सिमलबोट");
	const before = await cookieOf(await visits());
	expect(await statusOf(before)).toBe(200);
	const [coordinator, board] = [await as("coordinator"), await as("board")];
	await board.goto("/asks");
	const { requests } = await read<{ requests: number }>(board, "/api/desk");

	await begin(coordinator, m["asks.kind.role"]());
	await press(coordinator, m["asks.send"]());
	await sees(coordinator, m["err.required"]());
	await giving(coordinator, "peerSupporter");
	await write(coordinator, m["asks.handle"](), "nobody-goes-there");
	await write(coordinator, m["asks.reason"](), reason);
	await press(coordinator, m["asks.send"]());
	await coordinator.locator("[aria-invalid=true]").waitFor();
	await write(coordinator, m["asks.handle"](), handle);
	await send(coordinator, reason);

	await board.goto("/today");
	await board.getByRole("link", { name: m["desk.requests"]({ count: number(requests + 1) }) }).click();
	await card(board, reason).waitFor();
	expect(await inspect(board, { nepali: true, names: [handle] })).toEqual([]);
	await approve(board, reason);

	// Wherever she was signed in, that has ended; she comes in anew with what is hers now.
	expect(await statusOf(before)).toBe(401);
	const { page } = await visits();
	await page.goto("/hours");
	await seesHeading(page, m["nav.hours"]());
	expect(await statusAt(page, "/api/requests?state=waiting"), "deciding is none of hers").toBe(404);
});

test("no is said and a request is taken back, and neither changes anything", async () => {
	const { handle, visits } = await someone();
	const [coordinator, board] = [await as("coordinator"), await as("board")];
	const askFor = async (role: string, reason: string) => {
		await begin(coordinator, m["asks.kind.role"]());
		await giving(coordinator, role);
		await write(coordinator, m["asks.handle"](), handle);
		await send(coordinator, reason);
	};
	await askFor("trainer", "बुन्न सिकाउनुहुन्छ।");
	await board.goto("/asks");
	await card(board, "बुन्न सिकाउनुहुन्छ।").getByRole("button", { name: m["asks.refuse"](), exact: true }).click();
	await card(board, "बुन्न सिकाउनुहुन्छ।").getByText(m["asks.state.refused"]()).waitFor();

	await askFor("peerSupporter", "अर्कै कारण।");
	await board.reload();
	await card(board, "अर्कै कारण।").waitFor();
	await card(coordinator, "अर्कै कारण।").getByRole("button").click();
	await card(coordinator, "अर्कै कारण।").getByText(m["asks.state.withdrawn"]()).waitFor();
	await card(board, "अर्कै कारण।").getByRole("button", { name: m["asks.approve"](), exact: true }).click();
	await inDialog(board, m["asks.approve"]());
	await sees(board, faultWords("approval.over"));
	const { page } = await visits();
	await page.goto("/safe");
	expect((await read<{ roles: string[] }>(page, "/api/session")).roles).toEqual(["member"]);
});

test("a record is opened for a time in an emergency, by two who protect", async () => {
	const reason = "सम्पर्क छैन, आज नै सोध्नुपर्‍यो।";
	const { handle } = await someone();
	const [focal, deputy] = [await as("focalPoint"), await as("deputy")];
	await begin(focal, m["asks.kind.emergency"]());
	await write(focal, m["asks.handle"](), handle);
	await write(focal, m["asks.hours"](), "2");
	await send(focal, reason);
	expect(await focal.getByRole("button", { name: m["asks.open"](), exact: true }).count()).toBe(0);
	await approve(deputy, reason);

	// What is open to her stands on the page, and isn't folded away with what was decided.
	await focal.goto("/asks");
	await card(focal, reason).getByRole("button", { name: m["asks.open"](), exact: true }).click();
	const record = focal.getByRole("region", { name: m["asks.opened"](), exact: true });
	await record.getByText("कटुसबोट").waitFor();
	await record.getByText("कास्की").waitFor();
	await record.getByText("9841000555").waitFor();
	expect(await inspect(focal, { nepali: true, names: [handle] })).toEqual([]);
	await unfold(deputy, m["asks.decided"]());
	await deputy.locator("details[open]").locator(card(deputy, reason)).waitFor();
	expect(await deputy.getByRole("button", { name: m["asks.open"](), exact: true }).count()).toBe(0);
});

test("a group's list leaves only after another agreed, under a name that tells nothing", async () => {
	const reason = "भेटघाटको हाजिरीका लागि।";
	const [coordinator, focal] = [await as("coordinator"), await as("focalPoint")];
	await begin(coordinator, m["asks.kind.export"]());
	await coordinator.getByLabel(m["asks.group"](), { exact: true }).selectOption({ label: "कास्की" });
	await send(coordinator, reason);
	await approve(focal, reason);
	await coordinator.goto("/asks");
	await sees(coordinator, m["asks.openNow"]());
	const file = coordinator.waitForEvent("download");
	await card(coordinator, reason).getByRole("button", { name: m["asks.take"](), exact: true }).click();
	expect((await file).suggestedFilename()).toBe("list.csv");
	const [header, ...people] = (await text(await (await file).createReadStream())).trim().split(/\r?\n/);
	expect(header).toMatch(/,/);
	expect(people.length).toBeGreaterThan(0);
	await sees(coordinator, m["asks.taken"]({ name: "list.csv" }));
});

test("one alone shuts a way in, and two open it again", async () => {
	const { handle, visits } = await someone();
	const hers = await cookieOf(await visits());
	expect(await statusOf(hers)).toBe(200);
	const [focal, board] = [await as("focalPoint"), await as("board")];
	await focal.goto("/asks");
	await unfold(focal, m["asks.close.title"]());
	await write(focal, m["asks.handle"](), handle);
	await write(focal, m["asks.reason"](), "फोन हराएको छ।");
	await press(focal, m["asks.close.do"]());
	await sees(focal, m["asks.close.done"]());
	expect(await statusOf(hers)).toBe(401);

	await begin(focal, m["asks.kind.reopen"]());
	await write(focal, m["asks.handle"](), handle);
	await send(focal, "फोन भेटियो।");
	await board.goto("/asks");
	await card(board, "फोन भेटियो।")
		.getByText(/फोन हराएको छ।/)
		.waitFor();
	await approve(board, "फोन भेटियो।");
	const { page } = await visits();
	await page.goto("/mine");
	await seesHeading(page, m["home.greeting"]({ name: "कटुसबोट" }));
});
