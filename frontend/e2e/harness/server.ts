import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** One way into the demo, as it writes it down. */
export interface SignIn {
	role: string;
	handle: string;
	passphrase: string;
	organisation: string;
	/** The door of her organisation: each has a host name of its own. */
	address: string;
}

export interface Server {
	url: string;
	/** The ways in of a demo; none of an empty installation. */
	signIns: SignIn[];
	/** What it has printed so far. */
	printed: () => string;
	stop: () => Promise<void>;
}

const program = resolve(import.meta.dirname, "../../../bin/server");
const patience = 120_000;

/**
 * startServer runs the built server as `demo` or, empty, as `run`, on a free
 * port, with everything it writes in a folder of its own that goes with it. Some
 * settings may be given on top.
 */
export async function startServer(
	command: "demo" | "run",
	exitTo: string,
	settings: Record<string, string> = {},
): Promise<Server> {
	const folder = await mkdtemp(join(tmpdir(), "e2e-"));
	const credentials = join(folder, "sign-ins.json");
	const process_ = spawn(process.env.SERVER ?? program, [command], {
		env: {
			HOME: folder,
			TMPDIR: folder,
			PORT: String(await freePort()),
			EXIT_TO: exitTo,
			...(command === "demo"
				? { CREDENTIALS: credentials }
				: { DATA_DIR: join(folder, "data"), KEY_FILE: join(folder, "key", "master.key") }),
			...settings,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	let printed = "";
	const ended = new Promise<void>((done) => process_.once("close", () => done()));
	const url = await new Promise<string>((done, fail) => {
		const late = setTimeout(() => fail(new Error(`the server does not get ready:\n${printed}`)), patience);
		const read = (chunk: Buffer) => {
			printed += chunk;
			const ready = /^ready (\S+)$/m.exec(printed);
			if (!ready?.[1]) return;
			clearTimeout(late);
			done(ready[1]);
		};
		process_.stdout.on("data", read);
		process_.stderr.on("data", read);
		process_.once("error", fail);
		process_.once("close", () => fail(new Error(`the server ended:\n${printed}`)));
	});
	return {
		url,
		signIns: command === "demo" ? JSON.parse(await readFile(credentials, "utf8")) : [],
		printed: () => printed,
		stop: async () => {
			process_.kill("SIGTERM");
			await ended;
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function freePort(): Promise<number> {
	return new Promise((done, fail) => {
		const probe = createServer();
		probe.once("error", fail);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => done(typeof address === "object" && address ? address.port : 0));
		});
	});
}
