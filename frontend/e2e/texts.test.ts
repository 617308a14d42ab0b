import type { Locator } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { inspect } from "./harness/inspect.ts";
import { silence } from "./harness/recording.ts";
import { startServer } from "./harness/server.ts";
import { inDialog, press, registering, sees, seesHeading, signIn, unfold } from "./harness/steps.ts";
import { neutral, visit } from "./harness/visit.ts";
import { faultWords, m } from "./harness/words.ts";

const written = {
	ne: "मेरो समूहकी संयोजकले मेरो फोन नम्बर एक वर्षसम्म देख्न सक्नुहुन्छ। हुँदैन भने पनि सबै उस्तै हुन्छ।",
	en: "My group's coordinator may see my phone number for a year. If I say no, nothing else changes.",
	nb: "Koordinatoren i gruppa mi kan se telefonnummeret mitt i ett år. Sier jeg nei, endres ikke noe annet.",
};

/** plays lets a recording be heard; the button that stops it goes again by itself, so it is awaited from before. */
const plays = (listen: Locator, stop: Locator) => Promise.all([stop.waitFor(), listen.click()]);

// It changes what everybody is asked, so it has a server of its own.
test("one writes what is asked, another releases it, and a woman hears and reads it", async () => {
	const server = await startServer("demo", neutral);
	onTestFinished(server.stop);
	const staff = async (role: string) => {
		const who = server.signIns.find((one) => one.role === role);
		if (!who) throw new Error(`the demo has no ${role}`);
		const seen = await visit({ device: "laptop", url: who.address });
		await signIn(seen.page, who.handle, who.passphrase);
		await seen.page.goto("/settings");
		await seesHeading(seen.page, m["set.title"]());
		await seen.page.getByRole("heading", { name: m["texts.title"]() }).waitFor();
		return seen.page;
	};
	const purpose = m["consent.purpose.coordinator_phone"]();
	const address = server.signIns.find((one) => one.role === "focalPoint")?.address ?? "";

	// She has come as far as the questions before anything is changed.
	const she = await visit({ url: address });
	await registering(she.page, { alias: "Junkiri", phone: "9841000017" });

	const writer = await staff("focalPoint");
	await unfold(writer, purpose);
	await writer.getByRole("button", { name: m["texts.write"]() }).click();
	for (const language of ["ne", "en", "nb"] as const) {
		await writer.getByLabel(m[`texts.in.${language}`](), { exact: true }).fill(written[language]);
	}
	await press(writer, m["do.keep"]());
	await sees(writer, m["texts.saved"]());
	await writer
		.locator("input[type=file]")
		.first()
		.setInputFiles({
			name: "notes.txt.ogg",
			mimeType: "audio/ogg",
			buffer: Buffer.from("no recording at all"),
		});
	await sees(writer, faultWords("recording.unreadable"));
	await writer
		.locator("input[type=file]")
		.first()
		.setInputFiles({
			name: "Sunita.ogg",
			mimeType: "audio/ogg",
			buffer: silence(6, "ARTIST=Sunita"),
		});
	await writer.getByRole("button", { name: m["texts.record.remove"](), exact: true }).waitFor();
	await sees(writer, m["texts.release.other"]());
	expect(await writer.getByRole("button", { name: m["texts.release"](), exact: true }).count()).toBe(0);
	expect(await inspect(writer, { nepali: true })).toEqual([]);

	const reader = await staff("board");
	await unfold(reader, purpose);
	await reader.getByText(written.en).waitFor();
	const button = (words: string) => reader.getByRole("button", { name: new RegExp(`^${words}`) }).first();
	await plays(button(m["texts.listen"]()), button(m["texts.stop"]()));
	await press(reader, m["texts.release"]());
	await inDialog(reader, m["texts.release"]());
	await sees(reader, m["texts.release.done"]());

	// Her page is from before: she is told, and loses nothing that she typed.
	for (const pick of await she.page.locator("label.pick").all()) await pick.click();
	await press(she.page, m["do.send"]());
	await sees(she.page, faultWords("consent.text_old"));
	await she.page.getByText(written.ne).waitFor();
	expect(await she.page.locator("label.pick input:checked").count()).toBe(0);
	expect(await she.page.getByLabel(m["join.phone"]()).inputValue()).toBe("9841000017");

	// Nothing sounds before she presses, and then what was recorded, without a name in it.
	const heard: string[] = [];
	she.page.on("request", (request) => {
		if (request.url().includes("/recordings/")) heard.push(new URL(request.url()).pathname);
	});
	const listen = she.page.getByRole("button", { name: `${m["texts.listen"]()} ${purpose}`, exact: true });
	await listen.waitFor();
	expect(heard).toEqual([]);
	const stop = she.page.getByRole("button", { name: `${m["texts.stop"]()} ${purpose}`, exact: true });
	await plays(listen, stop);
	await listen.waitFor(); // it ends by itself
	expect(await she.page.getByText(m["texts.silent"]()).count()).toBe(0);
	expect(new Set(heard)).toEqual(new Set(["/api/consent-texts/recordings/coordinator_phone/1.1/ne"]));
	const sound = await she.page.evaluate(async (from) => (await fetch(from)).text(), heard[0] ?? "");
	expect(sound).toContain("OpusHead");
	expect(sound).not.toContain("Sunita");

	for (const pick of await she.page.locator("label.pick").all()) await pick.click();
	await press(she.page, m["do.send"]());
	await seesHeading(she.page, m["join.done.title"]());
});
