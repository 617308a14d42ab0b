import { chromium, type LaunchOptions } from "playwright-core";

/** How the system's Chromium is started; nothing is downloaded. */
export const launching: LaunchOptions = {
	executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
	headless: true,
	args: [
		"--no-sandbox",
		"--disable-gpu",
		// One process less to start and to talk to for each page.
		"--in-process-gpu",
		"--disable-quic",
		"--no-first-run",
		"--disable-background-networking",
		"--disable-component-update",
		"--disable-sync",
	],
	timeout: 120_000,
};

export { chromium };
