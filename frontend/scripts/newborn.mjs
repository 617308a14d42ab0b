// A server that nobody has set up, in a folder of its own that goes with it, and
// an organisation that somebody invented has just founded there.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const program = resolve(import.meta.dirname, "../../bin/server");
const passphrase = "nadi tokari saat makai jhyal";

/** startEmpty runs the built server and gives its address, the code it printed, and how to stop it. */
export async function startEmpty() {
	const folder = await mkdtemp(join(tmpdir(), "newborn-"));
	const server = spawn(process.env.SERVER ?? program, ["run"], {
		env: {
			HOME: folder,
			TMPDIR: folder,
			PORT: String(await freePort()),
			DATA_DIR: join(folder, "data"),
			KEY_FILE: join(folder, "key", "master.key"),
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = new Promise((done) => server.once("close", done));
	const stop = async () => {
		server.kill("SIGTERM");
		await ended;
		await rm(folder, { recursive: true, force: true });
	};
	let printed = "";
	const address = await new Promise((done, fail) => {
		const read = (chunk) => {
			printed += chunk;
			const ready = /^ready (\S+)$/m.exec(printed);
			if (ready) done(ready[1]);
		};
		server.stdout.on("data", read);
		server.stderr.on("data", read);
		server.once("error", fail);
		server.once("close", () => fail(new Error(`the server ended:\n${printed}`)));
	});
	return { address, code: /^ {4}([A-Z0-9-]+)$/m.exec(printed)[1], stop };
}

/** found is what founding an organisation there asks for. */
export function found(code) {
	return {
		code,
		organisationName: "पिपलबोट",
		groupName: "सबै समूह",
		alias: "सगुन",
		language: "ne",
		passphrase,
		consents: [{ purpose: "membership", version: "1", language: "ne" }],
	};
}

/** founder is her way in, once she has her sign-in name. */
export const founder = (address, handle) => ({ role: "founder", address, handle, passphrase });

/** enrol makes the passkey that her work asks for, on a device inside the browser; she is halfway in already. */
export async function enrol(page) {
	const to = await page.context().newCDPSession(page);
	await to.send("WebAuthn.enable");
	await to.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport: "internal",
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	await page.goto("/in");
	await page.locator("main form input").fill("ल्यापटप");
	await page.locator("main form .btn.pri").click();
	await page.locator("main form").waitFor({ state: "detached" });
}

function freePort() {
	return new Promise((done, fail) => {
		const probe = createServer();
		probe.once("error", fail);
		probe.listen(0, "127.0.0.1", () => {
			const { port } = probe.address();
			probe.close(() => done(port));
		});
	});
}
