import { createServer } from "node:http";

/** A neutral site, where the quick exit ends: another host than the server's. */
export interface Neutral {
	url: string;
	stop: () => void;
}

export const neutralWords = "Today it is sunny.";

export async function startNeutral(): Promise<Neutral> {
	const site = createServer((_, answer) => {
		answer.setHeader("Content-Type", "text/html; charset=utf-8");
		answer.end(`<!doctype html><link rel="icon" href="data:,"><title>Weather</title><p>${neutralWords}</p>`);
	});
	await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
	const address = site.address();
	const port = typeof address === "object" && address ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}/`,
		stop: () => {
			site.closeAllConnections();
			site.close();
		},
	};
}
