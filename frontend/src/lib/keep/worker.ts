// The worker that stays on a phone when she presses “keep on this phone”. It
// holds a fixed list of files of the build, each checked by its hash, and gives
// those alone; what is hers passes it by, unseen. The server can end it: see obey.
import { files, name, pages } from "./list.ts";
import { type Asked, forgetAll, scope } from "./scope.ts";

/** Where the server says whether it may go on, and where the way out leads. */
const told = "/worker.json";
// How long the way out may wait for the server before the worker goes by itself, ms.
const patience = 4_000;

interface Told {
	on: boolean;
	exit: string;
}

const listed = new Set(files.map(([address]) => address));
const shown = new Set(pages);

scope.addEventListener("install", (event) => event.waitUntil(fill()));
scope.addEventListener("activate", (event) => event.waitUntil(take()));
scope.addEventListener("fetch", (event) => {
	const { request } = event;
	const at = new URL(request.url);
	if (request.method !== "GET" || at.origin !== scope.location.origin) return;
	if (request.mode !== "navigate") {
		if (at.pathname.startsWith("/assets/") && listed.has(at.pathname)) event.respondWith(fromHere(request));
		return;
	}
	if (at.pathname === "/exit") event.respondWith(out(event));
	else if (shown.has(at.pathname)) {
		event.respondWith(fetch(request).catch(() => fromHere("/")));
		event.waitUntil(obey());
	}
});

/** fill fetches the list; one file that isn't what was built, and nothing is kept. */
async function fill(): Promise<void> {
	try {
		const cache = await caches.open(name);
		await Promise.all(
			files.map(async ([address, integrity]) => put(cache, address, { integrity, cache: "no-cache" })),
		);
		await put(cache, told, { cache: "no-store" });
	} catch (trouble) {
		await caches.delete(name);
		throw trouble;
	}
	await scope.skipWaiting();
}

async function put(cache: Cache, address: string, how: RequestInit): Promise<void> {
	const file = await fetch(address, { credentials: "omit", redirect: "error", ...how });
	if (!file.ok) throw new Error("a file is missing");
	await cache.put(address, file);
}

/** take removes the lists of earlier builds and begins its work. */
async function take(): Promise<void> {
	const old = (await caches.keys()).filter((other) => other !== name);
	await Promise.all(old.map((other) => caches.delete(other)));
	await scope.clients.claim();
}

async function fromHere(what: Request | string): Promise<Response> {
	return (await kept(what)) ?? fetch(what);
}

/** kept finds what is kept. It opens no cache: that would make one where all was just removed. */
function kept(what: Request | string): Promise<Response | undefined> {
	return caches.match(what, { cacheName: name });
}

/** out is the way out: through the server if it answers, else straight to the neutral site; nothing stays behind. */
async function out({ request }: Asked): Promise<Response> {
	const word = await kept(told);
	const away = word ? Response.redirect(((await word.json()) as Told).exit, 303) : Response.error();
	const late = new Promise<never>((_, fail) => setTimeout(fail, patience));
	const answer = await Promise.race([fetch(request), late]).catch(() => away);
	await forgetAll();
	return answer;
}

/** obey asks the server whether the worker may go on, and ends it if not. */
async function obey(): Promise<void> {
	const answer = await fetch(told, { credentials: "omit", cache: "no-store" }).catch(() => null);
	if (!answer?.ok) return;
	const { on } = (await answer.clone().json()) as Told;
	if (!on) return forgetAll();
	// What was removed meanwhile, or is being filled anew, is left alone.
	if (!(await kept(told))) return;
	const cache = await caches.open(name);
	if ((await cache.keys()).length === 0) await caches.delete(name);
	else await cache.put(told, answer);
}
