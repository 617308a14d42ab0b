/** What a worker needs of the browser; the types of pages have no words for it. */
export interface WorkerScope {
	location: { origin: string };
	registration: { unregister: () => Promise<boolean> };
	skipWaiting: () => Promise<void>;
	clients: { claim: () => Promise<void> };
	addEventListener(kind: "install" | "activate", does: (event: Extendable) => void): void;
	addEventListener(kind: "fetch", does: (event: Asked) => void): void;
}

export interface Extendable {
	waitUntil: (work: Promise<unknown>) => void;
}

export interface Asked extends Extendable {
	request: Request;
	respondWith: (answer: Promise<Response>) => void;
}

export const scope = self as unknown as WorkerScope;

/** forgetAll takes everything that was kept off the phone, the worker too. */
export async function forgetAll(): Promise<void> {
	await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
	await scope.registration.unregister();
}
