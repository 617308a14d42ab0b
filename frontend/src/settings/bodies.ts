import { typedHost } from "./hosts.ts";
import type { Parts } from "./parts.ts";
import type { Body, SettingsChange } from "./types.ts";

/** A body that receives figures, or the address at which a new one is to be found. */
export type Receiver = { body: Body } | { host: string };

/** receiversOf are the bodies by id. */
export function receiversOf(bodies: readonly Body[]): Parts<Receiver> {
	return Object.fromEntries(bodies.map((body) => [body.id, { body }]));
}

export function sameReceiver(a: Receiver | undefined, b: Receiver | undefined): boolean {
	return a === b || (a !== undefined && b !== undefined && keyOf(a) === keyOf(b));
}

function keyOf(one: Receiver): string {
	return "body" in one ? `id ${one.body.id}` : `host ${typedHost(one.host)}`;
}

/** sentReceivers name those who are there by their id, and new ones by their address. */
export function sentReceivers(parts: Parts<Receiver>): NonNullable<SettingsChange["bodies"]> {
	return Object.values(parts).map((one) =>
		"body" in one ? { id: one.body.id } : { host: typedHost(one.host) },
	);
}
