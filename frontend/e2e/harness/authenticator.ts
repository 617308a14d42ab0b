import { createHmac } from "node:crypto";
import type { CDPSession, Page } from "playwright-core";
import { press, seesHeading, write } from "./steps.ts";
import { m } from "./words.ts";

/** A device that makes and shows passkeys, inside the browser of a page. */
export interface Authenticator {
	/** Whether whoever holds it gives finger, face or PIN. */
	willing: (yes: boolean) => Promise<void>;
	/** How many passkeys it has. */
	passkeys: () => Promise<number>;
}

/** plugIn gives a page a device with a screen lock, as a laptop has one. */
export async function plugIn(page: Page): Promise<Authenticator> {
	const to: CDPSession = await page.context().newCDPSession(page);
	await to.send("WebAuthn.enable");
	const { authenticatorId } = await to.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport: "internal",
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	return {
		willing: async (yes) => {
			await to.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: yes });
		},
		passkeys: async () => (await to.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
	};
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const stepSeconds = 30;

/** appDigits is what an app shows for a secret, in the step that lies `later` steps after this one (RFC 6238). */
export function appDigits(secret: string, later = 0): string {
	const bits = [...secret.replaceAll(/\s/g, "")]
		.map((sign) => base32.indexOf(sign).toString(2).padStart(5, "0"))
		.join("");
	const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / stepSeconds) + later));
	const mac = createHmac("sha1", key).update(step).digest();
	const at = (mac.at(-1) ?? 0) & 0xf;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** enrols makes her first passkey on the sign-in page, and leaves the codes on paper for later. */
export async function enrols(page: Page): Promise<Authenticator> {
	const device = await plugIn(page);
	await seesHeading(page, m["enrol.title"]());
	await write(page, m["enrol.name"](), "ल्यापटप");
	await press(page, m["enrol.passkey.make"]());
	await seesHeading(page, m["codes.title"]());
	await press(page, m["do.later"]());
	return device;
}
