/**
 * clearKept takes off the phone whatever a page of ours may have left on it: the
 * worker that she let stay, its files, both storages. Signing out while the
 * server can be reached does the same by a header; this is for when it can't.
 */
export async function clearKept(): Promise<void> {
	try {
		localStorage.clear();
		sessionStorage.clear();
		const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
		const names = await caches.keys();
		await Promise.all([
			...workers.map((worker) => worker.unregister()),
			...names.map((name) => caches.delete(name)),
		]);
	} catch {
		// A browser that refuses these has kept nothing in them.
	}
}
