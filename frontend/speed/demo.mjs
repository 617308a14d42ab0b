import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const program = process.env.SERVER ?? resolve(import.meta.dirname, "../../bin/server");
const patience = 120_000;

/**
 * startDemo serves the invented organisation on a free port, with all that it
 * writes in a folder of its own that goes with it.
 */
export async function startDemo() {
	const folder = await mkdtemp(join(tmpdir(), "speed-"));
	const credentials = join(folder, "sign-ins.json");
	const server = spawn(program, ["demo"], {
		env: { HOME: folder, TMPDIR: folder, PORT: String(await freePort()), CREDENTIALS: credentials },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = new Promise((done) => server.once("close", done));
	const stop = async () => {
		server.kill("SIGTERM");
		await ended;
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const url = await ready(server);
		return { url, signIns: JSON.parse(await readFile(credentials, "utf8")), stop };
	} catch (trouble) {
		await stop();
		throw trouble;
	}
}

/** ready is the address that the server prints when it answers. */
function ready(server) {
	return new Promise((done, fail) => {
		let printed = "";
		const late = setTimeout(() => fail(new Error(`the demo does not get ready:\n${printed}`)), patience);
		const read = (chunk) => {
			printed += chunk;
			const url = printed.match(/^ready (http\S+)$/m)?.[1];
			if (!url) return;
			clearTimeout(late);
			done(url);
		};
		server.stdout.on("data", read);
		server.stderr.on("data", read);
		server.once("error", fail);
		server.once("exit", () => fail(new Error(`the demo ended:\n${printed}`)));
	});
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
