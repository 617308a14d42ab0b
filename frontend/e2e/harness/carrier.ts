import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One SMS as a company got it. */
export interface Carried {
	to: string;
	text: string;
}

export interface Carrier {
	url: string;
	/** What a server is told to send by it. */
	settings: Record<string, string>;
	stop: () => void;
}

/** A company on this machine that takes every SMS, and shows what it took. */
export async function startCarrier(): Promise<Carrier> {
	const taken: Carried[] = [];
	const company = createServer((request, answer) => {
		answer.setHeader("Content-Type", "application/json");
		if (request.method !== "POST") {
			answer.end(JSON.stringify(taken));
			return;
		}
		let body = "";
		request.on("data", (chunk) => {
			body += chunk;
		});
		request.on("end", () => {
			const form = new URLSearchParams(body);
			taken.push({ to: form.get("to") ?? "", text: form.get("text") ?? "" });
			answer.end(
				JSON.stringify({
					error: false,
					message: "queued",
					data: { valid: [{ status: "queued" }], invalid: [] },
				}),
			);
		});
	});
	await new Promise<void>((done) => company.listen(0, "127.0.0.1", done));
	const address = company.address();
	const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/send`;
	const folder = mkdtempSync(join(tmpdir(), "carrier-"));
	const token = join(folder, "token");
	writeFileSync(token, "invented");
	return {
		url,
		settings: { SMS: "aakash", SMS_URL: url, SMS_TOKEN_FILE: token },
		stop: () => {
			rmSync(folder, { recursive: true, force: true });
			company.closeAllConnections();
			company.close();
		},
	};
}
